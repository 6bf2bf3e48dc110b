"""The look «Поля»: layout, components, widgets, small scripts, and the gallery that shows them all."""
