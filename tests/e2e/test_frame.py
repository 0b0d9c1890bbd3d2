"""The frame of every page in a real browser: log-in, help, design page."""

import pytest

pytestmark = pytest.mark.browser


def test_a_clerk_logs_in_and_out(desk):
    chen = desk("chen")
    chen.sees("青禾镇")
    chen.page.locator(".user summary").click()
    chen.press("退出登录")
    chen.sees("已退出登录")


def test_a_wrong_password_is_said_in_words(desk):
    someone = desk()
    someone.log_in("chen", "not-the-password")
    someone.sees("用户名或密码不对")
