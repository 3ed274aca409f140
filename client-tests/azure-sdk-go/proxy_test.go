package azuresdkgo

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

// throughTheProxy is a program written for the real service. It knows nothing of any emulator: only its environment does.
func throughTheProxy() {
	credential, err := azidentity.NewDefaultAzureCredential(nil)
	if err == nil {
		_, err = credential.GetToken(context.Background(),
			policy.TokenRequestOptions{Scopes: []string{"https://management.azure.com/.default"}})
	}
	fmt.Println(err)
}

func TestProxy(t *testing.T) {
	t.Run("nothing but the environment leads to the emulator", func(t *testing.T) {
		tenant := makeTenant(t)
		program := exec.CommandContext(t.Context(), os.Args[0])
		program.Env = append(os.Environ(), "THROUGH_THE_PROXY=1", "HTTPS_PROXY="+emulator.ProxyURL,
			"AZURE_TENANT_ID="+tenant.ID, "AZURE_CLIENT_ID="+tenant.Applications["ci-app"].ClientID,
			"AZURE_CLIENT_SECRET=local-only")
		said, err := program.CombinedOutput()
		if err != nil || string(said) != "<nil>\n" {
			t.Fatalf("%s %v", said, err)
		}
	})
}
