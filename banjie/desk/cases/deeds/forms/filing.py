"""The form of attaching files, several at once."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from banjie.desk.cases.deeds.forms.base import DeedForm


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several uploads as one field."""

    widget = ManyFiles

    def clean(self, files: object, initial: object = None) -> list[UploadedFile[bytes]]:
        """Return every upload, each checked, none where none was chosen; the first complaint stands for all."""
        many = files if isinstance(files, list) and files else [files or None]
        cleaned = [super(FilesField, self).clean(one, initial) for one in many]
        return [one for one in cleaned if one]


class Attach(DeedForm):
    """附件."""

    lead = "图片会去掉拍摄位置后保存。本系统为非涉密系统，带密级标志的文件不收。"
    uploads = FilesField(
        label="文件",
        widget=ManyFiles(attrs={"multiple": True}),
        error_messages={"required": "还没有选文件，请选好再提交。"},
    )
    pasted = forms.CharField(
        label="或在这里粘贴截图",
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "data-paste-files": "#id_uploads"}),
    )
