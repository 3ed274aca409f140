"""A browser, as far as sign-in needs one: opens a page, signs in as BROWSER_USER, and sends on what the pages send on.

    BROWSER='python browser.py %s &'

Programs start it with nothing but an address. It goes by the variables for proxy and certificate that they have themselves.
"""

from __future__ import annotations

import os
import ssl
import sys
import urllib.parse
import urllib.request
from html.parser import HTMLParser

# A person, a page that sends on, the client's own page: more than this is a circle.
PAGES = 5


class Form(HTMLParser):
    """The last form of a page: where it is sent, and what its fields hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action: str | None = None
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "form":
            self.action, self.fields = given.get("action") or "", {}
        elif tag == "input" and (name := given.get("name")):
            self.fields[name] = given.get("value") or ""


def main(address: str, user: str) -> None:
    context = ssl.create_default_context(cafile=os.environ["REQUESTS_CA_BUNDLE"])
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))
    body = None
    for _ in range(PAGES):
        with opener.open(urllib.request.Request(address, data=body), timeout=20) as answer:
            form, address = Form(answer.read().decode()), answer.url
        if form.action is None:
            return
        if "username" in form.fields:
            form.fields["username"] = user
        # A form without an address is sent to the page that it is on.
        address = urllib.parse.urljoin(address, form.action) if form.action else address
        body = urllib.parse.urlencode(form.fields).encode()
    raise SystemExit(f"no end to the pages: {address}")


main(sys.argv[1], os.environ["BROWSER_USER"])
