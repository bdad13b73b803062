import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const files = {
  'pom.xml':
    '<project><dependency><groupId>io.quarkus</groupId><artifactId>quarkus-rest</artifactId></dependency></project>',
  'src/main/java/hives/Hives.java': `package hives;
import jakarta.ws.rs.*;
@Path("/")
public class Hives {
  @GET @Path("hives")
  public String all() { return "ok"; }
  @GET @Path("hives/{id}/honey")
  public String honey(@PathParam("id") String id) { return id; }
  @GET @Path("open/weather")
  public String weather() { return "sun"; }
  @GET @Path("pulse")
  public String pulse() { return "up"; }
}
`,
  'src/main/java/hives/Gate.java': `package hives;
import jakarta.ws.rs.container.*;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
@Provider
public class Gate implements ContainerRequestFilter {
  public void filter(ContainerRequestContext requestContext) {
    String path = requestContext.getUriInfo().getPath(true);
    if (path.startsWith("/open") || path.equals("/pulse") || path.endsWith("/honey")) return;
    if (!Keepers.isAwake()) requestContext.abortWith(Response.status(503).build());
  }
}
`,
}

test('a filter refuses nothing on the paths that it leaves out [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(factsOf(set.facts, 'error').map((one) => sayFact(one, titles.get(one.operation) ?? ''))).toEqual([
    'IF, for GET /hives, `Keepers.isAwake()` does not hold, THEN the service SHALL answer 503.',
  ])
})
