"""Somebody of the desk's people at the desk page: they read Chinese, and know what is to be seen where."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, ViewportSize, expect

from infra.local.stack import Standing
from infra.local.waiting import until
from tests.e2e.browsing import Opens
from tests.e2e.people import Case

SCREEN: ViewportSize = {"width": 1366, "height": 900}
MOST_ROWS = 50


@dataclass
class Clerk:
    standing: Standing
    page: Page

    def address(self, place: str = "") -> str:
        return f"{self.standing.desk.url}/desk{place}"

    # --- coming and going

    def tries_to_sign_in(self, user_name: str, password: str) -> None:
        self.page.get_by_label("用户名").fill(user_name)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录").click()

    def signs_in(self, user_name: str) -> None:
        self.tries_to_sign_in(user_name, self.standing.password)
        self.sees("我的工作")

    def sees(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def is_told(self, words: str) -> None:
        expect(self.page.get_by_role("alert")).to_contain_text(words)

    # --- lists

    def opens_by_keyboard(self, number: str) -> None:
        """From the list that is shown, down to its row."""
        row = self.page.get_by_role("link", name=number)
        for _ in range(MOST_ROWS):
            self.page.keyboard.press("j")
            if row.evaluate("row => row === document.activeElement"):
                break
        self.page.keyboard.press("Enter")
        self.is_at(number)

    def seeks(self, text: str) -> None:
        """Without a mouse."""
        self.page.keyboard.press("/")
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def row(self, text: str) -> Locator:
        return self.page.get_by_role("row").filter(has_text=text)

    def comes_to_see(self, where: Locator, text: str) -> None:
        """What lists and boards count after some seconds: the page is loaded anew until it is there."""

        def look() -> bool:
            self.page.reload()
            return any(text in each for each in where.all_inner_texts())

        until(look, f"the page to say {text}")

    def opens(self, number: str) -> None:
        self.page.goto(self.address(f"/cases/{number}"))
        self.is_at(number)

    def is_at(self, number: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(number)

    # --- a case

    def section(self, title: str) -> Locator:
        heading = self.page.get_by_role("heading", name=title, exact=False)
        return self.page.locator("section").filter(has=heading)

    def timeline(self) -> Locator:
        """The latest first."""
        return self.page.get_by_role("list", name="全部记录").get_by_role("listitem")

    def steps(self) -> set[str]:
        """What is offered, as the API calls it."""
        forms = self.page.locator('form[action*="/cases/"]')
        actions: list[str] = forms.evaluate_all("forms => forms.map(form => form.getAttribute('action'))")
        return {action.rpartition("/")[2] for action in actions}

    def form(self, title: str) -> Locator:
        """Of a step, unfolded."""
        folded = self.page.locator("details").filter(has=self.page.locator("summary", has_text=title))
        if not folded.evaluate("step => step.open"):
            folded.locator("summary").click()
        return folded.locator("form")

    def does(self, title: str, recorded: str, **typed: str) -> None:
        """A step whole: what is typed by its label."""
        form = self.form(title)
        for label, text in typed.items():
            form.get_by_label(label).fill(text)
        self.sends(form, title, recorded)

    def sends(self, form: Locator, title: str, recorded: str) -> None:
        form.get_by_role("button", name=title, exact=True).click()
        self.is_recorded(recorded)

    def is_recorded(self, what: str) -> None:
        """By its name on the timeline."""
        expect(self.page.get_by_role("status")).to_contain_text(f"已记录：{what}")


def offered(case: Case) -> set[str]:
    """What the page should offer by the API, to the same person: tasks have actions of their own there."""
    view = case.view()
    to_do = any("done_at" not in task for task in view["tasks"])
    return {*view["actions"], *(["tasks-completion"] if to_do else [])}


def at_the_desk(standing: Standing, opens: Opens, link: str | None = None) -> Clerk:
    """In front of a screen, in Chinese, not signed in; by a link from elsewhere, or at the door."""
    door = f"{standing.desk.url}/desk"
    return Clerk(standing, opens(link or door, viewport=SCREEN, java_script_enabled=True, locale="zh-CN"))
