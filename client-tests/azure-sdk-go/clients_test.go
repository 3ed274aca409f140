package azuresdkgo

import (
	"context"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"
)

// here is the emulator as a cloud.
func here() azcore.ClientOptions {
	manager := cloud.ServiceConfiguration{Endpoint: emulator.URL, Audience: "https://management.azure.com"}
	return azcore.ClientOptions{Cloud: cloud.Configuration{
		ActiveDirectoryAuthorityHost: emulator.URL,
		Services:                     map[cloud.ServiceName]cloud.ServiceConfiguration{cloud.ResourceManager: manager},
	}}
}

func (it *tenant) application(t *testing.T, secret string) azcore.TokenCredential {
	t.Helper()
	credential, err := azidentity.NewClientSecretCredential(it.ID, it.Applications["ci-app"].ClientID, secret,
		&azidentity.ClientSecretCredentialOptions{ClientOptions: here(), DisableInstanceDiscovery: true})
	must(t, err)
	return credential
}

// person signs in by device code, and counts how often she was asked.
func (it *tenant) person(t *testing.T, name string, prompts *int) azcore.TokenCredential {
	t.Helper()
	credential, err := azidentity.NewDeviceCodeCredential(&azidentity.DeviceCodeCredentialOptions{
		ClientOptions:            here(),
		DisableInstanceDiscovery: true,
		TenantID:                 it.ID,
		ClientID:                 commandLineClient,
		UserPrompt: func(_ context.Context, prompt azidentity.DeviceCodeMessage) error {
			*prompts++
			approve(t, prompt.UserCode, name)
			return nil
		},
	})
	must(t, err)
	return credential
}

// roles are Azure's roles as somebody sees them.
func (it *tenant) roles(t *testing.T, name string) *armauthorization.ClientFactory {
	t.Helper()
	prompts := 0
	factory, err := armauthorization.NewClientFactory("any", it.person(t, name, &prompts), &arm.ClientOptions{ClientOptions: here()})
	must(t, err)
	return factory
}
