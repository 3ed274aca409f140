// Azure's SDK for Go as it comes from the module proxy, against a running emulator.

package azuresdkgo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
)

// commandLineClient is "Microsoft Graph Command Line Tools": a public client that every tenant knows.
const commandLineClient = "14d82eec-204b-4c2f-b7e8-296a70dab67e"

// emulator is what the file that PIM_EMULATOR_READY_FILE names says of the running one.
var emulator struct {
	URL      string `json:"url"`
	HTTPURL  string `json:"httpUrl"`
	ProxyURL string `json:"proxyUrl"`
}

// tenant is one made for one test and taken away after it.
type tenant struct {
	ID             string                               `json:"tenantId"`
	Users          map[string]struct{ ID string }       `json:"users"`
	Applications   map[string]struct{ ClientID string } `json:"applications"`
	Subscriptions  map[string]struct{ Path string }     `json:"subscriptions"`
	ResourceGroups map[string]struct{ Path string }     `json:"resourceGroups"`
}

const contoso = `{ "world": {
  "tenant": { "displayName": "Contoso", "now": "2026-01-05T08:00:00Z" },
  "users": [ { "name": "alice", "displayName": "Alice Archer", "mfa": true }, { "name": "owen", "mfa": true } ],
  "applications": [ { "name": "ci-app", "secret": "local-only", "appRoles": ["User.Read.All"] } ],
  "azure": { "subscriptions": [ { "name": "prod", "resourceGroups": [ { "name": "web" } ] } ] },
  "active": [ { "principal": "owen", "azureRole": "Owner", "scope": "prod", "outsidePim": true } ],
  "eligible": [ { "principal": "alice", "azureRole": "Contributor", "scope": "prod/web", "duration": "P90D" } ] } }`

func TestMain(m *testing.M) {
	if os.Getenv("THROUGH_THE_PROXY") != "" {
		throughTheProxy()
		return
	}
	text, err := os.ReadFile(os.Getenv("PIM_EMULATOR_READY_FILE"))
	if err == nil {
		err = json.Unmarshal(text, &emulator)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	emulator.URL = strings.TrimSuffix(emulator.URL, "/")
	os.Exit(m.Run())
}

func makeTenant(t *testing.T) *tenant {
	t.Helper()
	made := &tenant{}
	control(t, http.MethodPost, "/tenants", contoso, made)
	t.Cleanup(func() { control(t, http.MethodDelete, "/tenants/"+made.ID, "", nil) })
	return made
}

// advance moves the tenant's clock on by an ISO 8601 duration; everything due on the way happens.
func (it *tenant) advance(t *testing.T, by string) {
	t.Helper()
	control(t, http.MethodPost, "/tenants/"+it.ID+"/clock/advance", fmt.Sprintf(`{"by":%q}`, by), nil)
}

// approve finishes a device-code sign-in as that user would with a browser.
func approve(t *testing.T, userCode, user string) {
	t.Helper()
	control(t, http.MethodPost, "/device-codes/"+userCode+"/approve", fmt.Sprintf(`{"user":%q,"mfa":true}`, user), nil)
}

// control makes one call of the control API, and reads the answer where it is wanted.
func control(t *testing.T, method, path, body string, answer any) {
	t.Helper()
	address := strings.TrimSuffix(emulator.HTTPURL, "/") + "/_emulator" + path
	request, err := http.NewRequest(method, address, bytes.NewBufferString(body))
	must(t, err)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	must(t, err)
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	must(t, err)
	if response.StatusCode >= 400 {
		t.Fatalf("%s %s: %s %s", method, path, response.Status, text)
	}
	if answer != nil {
		must(t, json.Unmarshal(text, answer))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
