"""A program written for the real service. It knows nothing of any emulator: only its environment does.

Prints what it finds as one line of JSON.
"""

import asyncio
import json
import os
import sys

from azure.identity import ClientSecretCredential, DeviceCodeCredential, UsernamePasswordCredential
from msgraph import GraphServiceClient

TENANT = os.environ["AZURE_TENANT_ID"]


def credential(kind):
    if kind == "application":
        return ClientSecretCredential(TENANT, os.environ["AZURE_CLIENT_ID"], os.environ["AZURE_CLIENT_SECRET"])
    if kind == "password":
        return UsernamePasswordCredential(
            os.environ["AZURE_CLIENT_ID"], os.environ["AZURE_USERNAME"], os.environ["AZURE_PASSWORD"], tenant_id=TENANT
        )
    return DeviceCodeCredential(
        os.environ["AZURE_CLIENT_ID"],
        tenant_id=TENANT,
        prompt_callback=lambda uri, code, _expires: print(json.dumps({"uri": uri, "code": code}), flush=True),
    )


async def main(kind):
    client = GraphServiceClient(credential(kind))
    if kind == "application":
        users = await client.users.get()
        print(json.dumps({"users": [user.display_name for user in users.value], "nextLink": users.odata_next_link}))
    else:
        me = await client.me.get()
        instances = client.role_management.directory.role_eligibility_schedule_instances
        page = await instances.filter_by_current_user_with_on("principal").get()
        print(json.dumps({"me": me.id, "eligible": [row.role_definition_id for row in page.value]}))


asyncio.run(main(sys.argv[1]))
