package pimemulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.graph.core.tasks.PageIterator;
import com.microsoft.graph.models.User;
import com.microsoft.graph.models.UserCollectionResponse;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages, filters, order and counts. */
class ListsTest {
    private static final String CROWD = Tenant.contoso(IntStream.range(0, 250)
            .mapToObj(",{ \"name\": \"user%03d\", \"displayName\": \"User %1$03d\" }"::formatted)
            .collect(Collectors.joining()));

    @Test
    void usersComeInPages() throws ReflectiveOperationException {
        try (var tenant = Tenant.of(CROWD)) {
            var client = tenant.asApplication();
            var first = client.users().get(request -> {
                request.queryParameters.select = new String[] {"id", "displayName"};
                request.queryParameters.top = 30;
            });
            assertEquals(30, first.getValue().size());
            assertTrue(first.getOdataNextLink().startsWith(Emulator.URL + "/v1.0/users?"), first.getOdataNextLink());

            var found = new HashSet<String>();
            new PageIterator.Builder<User, UserCollectionResponse>()
                    .client(client)
                    .collectionPage(first)
                    .collectionPageFactory(UserCollectionResponse::createFromDiscriminatorValue)
                    .processPageItemCallback(user -> found.add(user.getId()))
                    .build()
                    .iterate();
            assertEquals(252, found.size());
        }
    }

    @Test
    void usersAreFilteredOrderedAndCounted() {
        try (var tenant = Tenant.of(CROWD)) {
            var page = tenant.asApplication().users().get(request -> {
                request.headers.add("ConsistencyLevel", "eventual");
                request.queryParameters.filter = "startswith(displayName,'User 01')";
                request.queryParameters.orderby = new String[] {"displayName desc"};
                request.queryParameters.count = true;
                request.queryParameters.top = 3;
            });
            assertEquals(10, page.getOdataCount());
            assertEquals(
                    List.of("User 019", "User 018", "User 017"),
                    page.getValue().stream().map(User::getDisplayName).toList());
        }
    }

    @Test
    void anEligibilityIsReadWithItsRoleAndItsPrincipal() {
        try (var tenant = Tenant.contoso()) {
            var page = tenant.asApplication()
                    .roleManagement()
                    .directory()
                    .roleEligibilityScheduleInstances()
                    .get(request -> request.queryParameters.expand = new String[] {"roleDefinition", "principal"});
            var row = page.getValue().get(0);
            assertEquals("Groups Administrator", row.getRoleDefinition().getDisplayName());
            assertEquals("Alice Archer", ((User) row.getPrincipal()).getDisplayName());
            assertEquals(row.getStartDateTime().plusDays(90), row.getEndDateTime());
        }
    }
}
