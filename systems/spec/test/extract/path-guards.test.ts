import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'
test('a filter that refuses for some paths, which were not told apart, guards no operation, and is asked [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'pom.xml': '<project/>',
    'src/main/java/pier/Pier.java': `package pier;
import jakarta.ws.rs.ApplicationPath;
@ApplicationPath("/")
public class Pier extends jakarta.ws.rs.core.Application {}
`,
    'src/main/java/pier/Gate.java': `package pier;
import jakarta.ws.rs.*;
import jakarta.ws.rs.container.*;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
@Provider
public class Gate implements ContainerRequestFilter {
  private Sailors sailors;
  public void filter(ContainerRequestContext context) {
    String method = context.getRequest().getMethod().toUpperCase();
    String path = context.getUriInfo().getPath();
    if (context.getHeaderString("X-Pass") == null && path.matches("/closed")) context.abortWith(Response.status(403).build());
    if ((path.matches("/berths/keys.*") || path.matches("/crew/own.*")) && Words.any(method, HttpMethod.GET) && !sailors.isKnown()) {
      throw new NotAuthorizedException("Who are you?");
    }
  }
}
`,
    'src/main/java/pier/Sailors.java': `package pier;
import jakarta.servlet.http.HttpServletRequest;
public class Sailors {
  private HttpServletRequest request;
  public boolean isKnown() { return request.getUserPrincipal() != null; }
}
`,
    'src/main/java/pier/Words.java': `package pier;
public class Words {
  public static boolean any(String one, String... others) {
    for (String each : others) { if (one.equals(each)) return true; }
    return false;
  }
}
`,
    'src/main/java/pier/Desk.java': `package pier;
import jakarta.ws.rs.*;
@Path("/")
public class Desk {
  @GET @Path("berths/keys") public String keys() { return "k"; }
  @GET @Path("berths") public String berths() { return "b"; }
  @GET @Path("berths/{id}") public String berth(@PathParam("id") String id) { return "b"; }
}
`,
  })
  expect(factsOf(set.facts, 'operation')).toHaveLength(3)
  expect(factsOf(set.facts, 'guard')).toEqual([])
  const refusals = factsOf(set.facts, 'error').filter(({ status }) => status === 401 || status === 403)
  expect([...new Set(refusals.map(({ status, grade }) => `${status} ${grade}`))].toSorted()).toEqual([
    '401 open',
    '403 open',
  ])
  expect(
    set.questions.some(({ text, path }) => text.includes('answer 401') && path.endsWith('Gate.java')),
  ).toBe(true)
})
