"""What a policy says, and what it was tried on: sentences, reasons and golden cases."""

from tests.unit.policy.lantern import NOWHERE, Document, cell, content, errors, found, place, terms


def test_a_sentence_is_needed_in_both_languages() -> None:
    told = errors(terms(lambda d: d["title"].pop("en"), lambda d: d["reasons"]["outlet"].pop("zh-CN")))
    assert [finding.code for finding in told] == ["missing_language", "missing_language"]


def test_a_store_says_why_it_decides() -> None:
    def silent(document: Document) -> None:
        content(document)["outputs"].pop(1)
        for each in content(document)["rules"]:
            del each["because"]

    assert [place(finding) for finding in errors(terms(silent))] == [("no_reason", ("eligibility", None, None))]


def test_the_law_may_decide_without_a_reason_and_ends_without_one() -> None:
    statute = terms(lambda d: d.update(kind="statute", countries=["CN"]))
    assert [(finding.severity, *place(finding)) for finding in found(statute)] == [
        ("warning", "reason_at_end", ("eligibility", "rest", "because"))
    ]
    cell("rest", "because", "")(statute)
    assert [place(finding) for finding in found(statute)] == [("reason_unused", NOWHERE)]


def test_a_reason_that_nobody_gives_is_worth_a_look() -> None:
    [finding] = found(terms(lambda d: d["reasons"].update(sorry={"zh-CN": "抱歉。", "en": "We are sorry."})))
    assert (finding.severity, finding.code) == ("warning", "reason_unused")
    assert "`sorry`" in finding.message


def test_a_case_that_does_not_hold_is_named_with_what_came_instead() -> None:
    [finding] = errors(terms(lambda d: d["cases"][3].update(outcome="reject")))
    assert finding.code == "case_fails"
    assert "`on the last day`" in finding.message
    assert "outcome: accept, not reject" in finding.message


def test_a_case_about_an_unknown_fact_does_not_hold() -> None:
    [finding] = errors(terms(lambda d: d["cases"][3]["facts"].update(mood="good")))
    assert "there is no fact mood" in finding.message


def test_two_cases_of_one_name_are_an_error() -> None:
    [finding] = errors(terms(lambda d: d["cases"][3].update(name="a day late")))
    assert (finding.code, "`a day late`" in finding.message) == ("case_twice", True)


def test_a_row_that_no_case_comes_to_is_worth_a_look() -> None:
    told = found(terms(lambda d: d["cases"].pop()))
    assert [(finding.severity, *place(finding)) for finding in told] == [
        ("warning", "row_untried", ("urgency", "dear", None))
    ]


def test_cases_are_run_on_what_is_sound_only() -> None:
    broken = terms(cell("late", "outcome", "reject"), lambda d: d["cases"][3].update(outcome="reject"))
    assert "case_fails" not in [finding.code for finding in found(broken)]
