import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const files = {
  'pom.xml': '<project><artifactId>jersey-container-grizzly2-http</artifactId></project>',
  'src/main/java/depot/DepotApp.java': `package depot;
import jakarta.ws.rs.ApplicationPath;
import org.glassfish.jersey.server.ResourceConfig;
@ApplicationPath("/api")
public class DepotApp extends ResourceConfig {
  public DepotApp() { packages("depot"); register(NamedMapper.class); }
}
`,
  // Its name is that of a constraint, which the resource imports with others.
  'src/main/java/depot/Size.java': 'package depot;\npublic enum Size { SMALL, LARGE }\n',
  'src/main/java/depot/LostMapper.java': `package depot;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
public class LostMapper implements ExceptionMapper<ArithmeticException> {
  public Response toResponse(ArithmeticException failure) { return Response.status(418).build(); }
}
`,
  'src/main/java/depot/NamedMapper.java': `package depot;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
public class NamedMapper implements ExceptionMapper<IllegalStateException> {
  public Response toResponse(IllegalStateException failure) { return Response.status(409).build(); }
}
`,
  'src/main/java/depot/Shelf.java': `package depot;
import jakarta.ws.rs.*;
public class Shelf {
  @GET public String name() { return "shelf"; }
}
`,
  'src/main/java/depot/Crates.java': `package depot;
import jakarta.validation.constraints.*;
import jakarta.ws.rs.*;
@Path("/crates")
public class Crates {
  @GET @Path("/by-size/{size}")
  public String bySize(@PathParam("size") Size size) { return size.name(); }
  @GET @Path("/divide")
  public String divide(@QueryParam("by") String by) {
    if (by.equals("zero")) throw new ArithmeticException("zero");
    if (by.equals("none")) throw new IllegalStateException("none");
    return by;
  }
  @Path("/shelves/{shelf}")
  public Shelf shelf(@PathParam("shelf") String shelf) {
    if (shelf.equals("0")) throw new ForbiddenException();
    return new Shelf();
  }
}
`,
}

/** A mapper that nothing registers takes no part, and what a locator throws is answered (Jersey 3.0.16). */
test.each([
  ['GET /api/crates/by-size/{size}', [200, 404]],
  ['GET /api/crates/divide', [200, 409]],
  ['GET /api/crates/shelves/{shelf}', [200, 403]],
])('%s is told with what Jersey answers [SPEC-EXTRACT-06]', async (title, statuses) => {
  const { facts } = (await extractFiles(files)).set
  const [operation] = factsOf(facts, 'operation').filter((one) => operationTitle(one) === title)
  const told = facts.flatMap((fact) =>
    (fact.kind === 'response' || fact.kind === 'error') && fact.operation === operation?.id
      ? [fact.status]
      : [],
  )
  expect(new Set(told)).toEqual(new Set(statuses))
})
