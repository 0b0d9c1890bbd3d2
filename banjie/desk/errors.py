"""What a refused request is answered with: what happened, on what ground, what to do next; never a stack."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from banjie.base.errors import BanjieError
from banjie.desk.access import FETCH_HEADER, actor_of

TITLES = {
    400: "这个请求无法办理",
    403: "不能办这一项",
    404: "没有找到这一页",
    405: "不能这样打开",
    409: "情况有变化，没有保存",
    413: "内容太大，没有收下",
    422: "填写的内容还要改",
    500: "系统出了问题",
    503: "系统正忙，没有保存",
}
STEPS = {
    400: "请回到上一页，刷新后再试。",
    403: "如果确实该由您办，请联系本单位负责人或系统管理员核对岗位。",
    404: "请从列表或搜索框重新打开。编号抄错、事项不归您管辖，都会看到这一页。",
    405: "请从页面上的按钮办理。",
    409: "请回到上一页，刷新看过最新情况再办。填过的内容没有存入，请先复制留用。",
    413: "请减少附件或压缩后再试。",
    422: "请回到上一页，按提示改好再提交。",
    500: "请把时间和正在做的事告诉系统管理员，稍后再试。",
    503: "请先复制填过的内容，等一分钟再提交；一直这样，请告诉系统管理员。",
}


def answer_error(request: HttpRequest, error: BanjieError) -> HttpResponse:
    """Answer with what a room said when it refused."""
    return answer_words(request, error.status, error.message, ground=error.ground)


def answer_words(request: HttpRequest, status: int, words: str, *, ground: str = "") -> HttpResponse:
    """Answer with words in the form that was asked for: page, part of a page for htmx, text for scripts, JSON."""
    told = {
        "status": status,
        "title": TITLES.get(status, HTTPStatus(status).phrase),
        "words": words,
        "ground": "" if ground.isascii() else ground,
        "step": STEPS.get(status, ""),
    }
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"message": words, "ground": ground, "status": status}, status=status)
    if request.headers.get("HX-Request"):
        return render(request, "desk/errors/part.html", told, status=status)
    if request.headers.get(FETCH_HEADER):
        return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    told["frame"] = "desk/base.html" if actor_of(request) else "desk/base_plain.html"
    return render(request, "desk/errors/error.html", told, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what Django itself refuses as malformed."""
    return answer_words(request, 400, "浏览器发来的内容不完整或不能识别。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what Django itself forbids."""
    return answer_words(request, 403, "您没有打开这一页的权限。")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere, in the same words as one outside the actor's scope (T13)."""
    return answer_words(request, 404, "没有这一页，或它不在您的管辖范围内。")


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token against forgery is missing or old."""
    return answer_words(
        request,
        403,
        "页面停留太久或在别的窗口重新登录过，这次提交没有通过安全校验，没有保存。"
        "请先复制填过的内容，再刷新页面重新提交。",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a bug without touching the database or the session, since either may be what broke."""
    return HttpResponse(render_to_string("desk/errors/broken.html"), status=500)
