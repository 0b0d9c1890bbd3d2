"""From what a case keeps as its ground to the very text: the version by which something was done."""

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from banjie.rulebook.in_force import say_ref


@lru_cache(maxsize=1024)
def href_of(ref: str) -> str:
    """Return where a kept reference such as 限时办结制 第三条@镇3 is read; "" for a ground that is no text of ours."""
    return f"{reverse('rulebook:cited')}?{urlencode({'ref': ref})}" if say_ref(ref) != ref else ""
