"""What a student is told when a scan is not taken; where it differs from photos of a form."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kabinet.ui import sentences
from kabinet.vault.refusals import TooBig, UnknownType, UploadRefused, WrongType


def of(refused: UploadRefused) -> str:
    """The sentence of a refusal: here a PDF is taken too."""
    if isinstance(refused, WrongType):
        return _(
            "Файл %(found)s не подойдёт. Сохраните его как PDF или сфотографируйте страницы"
        ) % {"found": refused.found}
    if isinstance(refused, UnknownType):
        return _("Этот файл не похож на документ. Выберите PDF или фото JPG, PNG, WebP, HEIC")
    if isinstance(refused, TooBig):
        return _(
            "Файл %(size)s МБ, можно до %(limit)s МБ. Отсканируйте с меньшим качеством "
            "или сфотографируйте страницы телефоном"
        ) % {
            "size": number_format(refused.params["size_mb"]),
            "limit": refused.params["limit_mb"],
        }
    return sentences.say(refused.message_key, refused.params)
