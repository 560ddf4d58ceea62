"""Where photos are sent: to the bucket of the store's own region."""

import os
import subprocess
import sys

FORM = """
from aftersales.aws import client
print(client("s3").generate_presigned_post("photos", "k")["url"])
"""


def test_the_form_names_the_region_of_the_bucket() -> None:
    """The global address redirects elsewhere, which a browser does not follow with a form."""
    environment = {name: value for name, value in os.environ.items() if name != "AWS_ENDPOINT_URL"}
    environment |= {
        "PYTHONPATH": "layers/core",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }
    said = subprocess.run([sys.executable, "-c", FORM], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "https://photos.s3.eu-central-1.amazonaws.com/"
