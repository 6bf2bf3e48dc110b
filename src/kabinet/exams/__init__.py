"""A testing campaign and the application form «Бланк регистрации»."""
