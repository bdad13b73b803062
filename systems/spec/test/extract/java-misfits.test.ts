import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('JAX-RS finds nothing at a path or query that is of no type, and takes no form or header that is not [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'src/main/java/depot/App.java': `package depot;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
@ApplicationPath("/")
public class App extends Application {}
`,
    'src/main/java/depot/Scale.java': `package depot;
import jakarta.ws.rs.*;
@Path("/scale")
public class Scale {
  @GET @Path("/{grams}") public String path(@PathParam("grams") int grams) { return "a"; }
  @GET public String query(@QueryParam("grams") int grams) { return "b"; }
  @PUT public String header(@HeaderParam("X-Grams") int grams) { return "c"; }
  @POST public String form(@FormParam("grams") int grams) { return "d"; }
}
`,
    'src/main/java/depot/Lost.java': `package depot;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.*;
@Provider
public class Lost implements ExceptionMapper<NotFoundException> {
  public Response toResponse(NotFoundException e) { return Response.status(410).build(); }
}
`,
  })
  const operations = factsOf(set.facts, 'operation')
  expect(
    operations
      .map(({ id, method, path }) => {
        const own = factsOf(set.facts, 'error').filter(({ operation }) => operation === id)
        return `${method} ${path}: ${own.map(({ status }) => status).join(' ')}`
      })
      .toSorted(),
  ).toEqual(['GET /scale/{grams}: 410', 'GET /scale: 410', 'POST /scale: 400', 'PUT /scale: 400'])
})

test('what validation refuses is not answered by a mapper for all errors [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'src/main/java/depot/Scale.java': `package depot;
import jakarta.ws.rs.*;
@Path("/scale")
public class Scale {
  @GET public String bound(@QueryParam("note") @jakarta.validation.constraints.NotBlank String note) { return "a"; }
}
`,
    'src/main/java/depot/All.java': `package depot;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.*;
@Provider
public class All implements ExceptionMapper<Exception> {
  public Response toResponse(Exception e) { return Response.status(503).build(); }
}
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([400])
})
