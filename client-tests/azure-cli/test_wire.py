"""How `az` finds the parts of a cloud."""

from azure_cli import CLOUD, AzureCli, direct_environment


def test_a_cloud_is_discovered_from_one_address(direct, pim_tenant):
    url = pim_tenant.emulator.url
    cloud = direct(pim_tenant)("cloud", "show", "--name", CLOUD)
    assert cloud["isActive"] is True
    found = {name: value.rstrip("/") for name, value in cloud["endpoints"].items() if value}
    assert found["resourceManager"] == found["activeDirectory"] == found["microsoftGraphResourceId"] == url


def test_a_slash_too_many(pim_tenant, tmp_path):
    """The address of the metadata is then asked for with two."""
    az = AzureCli(pim_tenant, tmp_path / "home", direct_environment(pim_tenant.emulator))
    az("cloud", "register", "--name", "Slashed", "--endpoint-resource-manager", f"{pim_tenant.emulator.url}/")
    az("cloud", "set", "--name", "Slashed")
    [account] = az.sign_in_as("ci-app")
    assert account["cloudName"] == "Slashed"


def test_the_clouds_of_a_list(pim_tenant, tmp_path):
    """An older version of the metadata is a list; `az` takes from it whichever cloud it is told."""
    listed = f"{pim_tenant.emulator.url}/metadata/endpoints?api-version=2019-05-01"
    environment = direct_environment(pim_tenant.emulator) | pim_tenant.emulator.trust | {"ARM_CLOUD_METADATA_URL": listed}
    az = AzureCli(pim_tenant, tmp_path / "home", environment)
    urls = {cloud["endpoints"]["resourceManager"].rstrip("/") for cloud in az("cloud", "list")}
    assert pim_tenant.emulator.url in urls
