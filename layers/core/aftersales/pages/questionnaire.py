"""The page with the questionnaire."""

from aftersales.feedback import survey
from aftersales.pages.forms import Failed
from aftersales.pages.moments import local
from aftersales.pages.render import page, saying
from aftersales.pages.visit import Visit


def survey_page(visit: Visit, failed: Failed | None = None) -> str:
    application = visit.application
    language = application.language
    asked = survey.survey(application.number)
    return page(
        "survey.html",
        language=language,
        say=saying(language),
        store=visit.store_name,
        page=f"../survey/{visit.token}",
        track=f"../track/{visit.token}",
        failed=failed,
        number=application.number,
        questions=asked.questions,
        open=application.survey_sent_at is not None,
        answered=local(asked.answered_at, visit.store.time_zone, language) if asked.answered_at else None,
    )
