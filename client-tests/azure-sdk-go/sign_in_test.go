package azuresdkgo

import (
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
)

func scope(name string) policy.TokenRequestOptions {
	return policy.TokenRequestOptions{Scopes: []string{name + "/.default"}}
}

func TestSignIn(t *testing.T) {
	t.Run("an application signs in by its secret", func(t *testing.T) {
		token, err := makeTenant(t).application(t, "local-only").GetToken(t.Context(), scope("https://graph.microsoft.com"))
		must(t, err)
		if strings.Count(token.Token, ".") != 2 {
			t.Fatal(token.Token)
		}
	})
	t.Run("a wrong secret does not sign in", func(t *testing.T) {
		_, err := makeTenant(t).application(t, "wrong").GetToken(t.Context(), scope("https://graph.microsoft.com"))
		if err == nil || !strings.Contains(err.Error(), "AADSTS7000215") {
			t.Fatal(err)
		}
	})
	t.Run("one sign-in by device code serves Graph and Azure", func(t *testing.T) {
		prompts := 0
		credential := makeTenant(t).person(t, "alice", &prompts)
		for _, resource := range []string{"https://graph.microsoft.com", "https://management.azure.com"} {
			_, err := credential.GetToken(t.Context(), scope(resource))
			must(t, err)
		}
		if prompts != 1 {
			t.Fatalf("asked %d times", prompts)
		}
	})
}
