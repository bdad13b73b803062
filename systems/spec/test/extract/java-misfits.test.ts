import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
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
  @DELETE public String any(@QueryParam("even") boolean even) { return "e"; }
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
  ).toEqual([
    'DELETE /scale: ',
    'GET /scale/{grams}: 410',
    'GET /scale: 410',
    'POST /scale: 400',
    'PUT /scale: 400',
  ])
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

test('of parameters of which it can not be told what is wrong, beside others that are answered otherwise, it is asked [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'pom.xml': '<project><dependency><artifactId>dropwizard-core</artifactId></dependency></project>',
    'src/main/java/tides/App.java': `package tides;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
public class App extends Application<Configuration> {
  @Override
  public void run(Configuration configuration, Environment environment) { environment.jersey().register(new Tides()); }
}
`,
    'src/main/java/tides/Tides.java': `package tides;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.*;
import java.util.List;
@Path("/tides")
public class Tides {
  @GET
  public String all(@QueryParam("kinds") List<Kind> kinds, @QueryParam("limit") @Min(0) int limit) { return "tides"; }
}
enum Kind { HIGH, LOW }
`,
  })
  const errors = factsOf(set.facts, 'error').map((one) => [one.grade, sayFact(one, 'it')])
  expect(errors.filter(([grade]) => grade !== 'open').map(([, words]) => words)).toEqual([
    'IF, for it, the query parameter limit is less than 0, THEN the service SHALL answer 400.',
    'IF, for it, the query parameter limit is not a whole number, THEN the service SHALL answer 404.',
  ])
})

test('a list of parameters of JAX-RS is never missing, nor is what has a default, and what is consumed is said by the class too [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'src/main/java/mill/App.java': `package mill;
@jakarta.ws.rs.ApplicationPath("/")
public class App extends jakarta.ws.rs.core.Application {}
`,
    'src/main/java/mill/Sacks.java': `package mill;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
@Path("/sacks")
@Consumes({MediaType.MULTIPART_FORM_DATA, "application/octet-stream"})
public class Sacks {
  @GET public String all(@QueryParam("of") List<String> of, @QueryParam("size") @DefaultValue("5") String size) {
    if (of == null) throw new BadRequestException();
    if (size == null) throw new ForbiddenException();
    if (of.isEmpty()) throw new NotFoundException();
    return "sacks";
  }
  @POST public String fill(Sack sack, @QueryParam("by") String by) { return by; }
  @PUT @Consumes({"text/csv", MediaType.APPLICATION_JSON}) public String change(Sack sack) { return "changed"; }
}
`,
    'src/main/java/mill/Sack.java': 'package mill;\npublic class Sack { public int weight; }\n',
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).not.toContain(403)
  expect(
    factsOf(set.facts, 'error').filter(
      ({ status, raisedBy }) => status === 400 && raisedBy.startsWith('Bad'),
    ),
  ).toEqual([])
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toContain(404)
  const inputs = factsOf(set.facts, 'parameter')
  expect(inputs.find(({ name }) => name === 'size')?.default).toBe('"5"')
  expect(inputs.find(({ name }) => name === 'by')?.in).toBe('query')
  expect(
    factsOf(set.facts, 'body')
      .map(({ mediaType }) => mediaType)
      .toSorted(),
  ).toEqual(['application/json', 'multipart/form-data'])
})

test('a parameter of JAX-RS that may not be missing is refused by Bean Validation, one of another type is not found [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'src/main/java/mill/App.java': `package mill;
@jakarta.ws.rs.ApplicationPath("/")
public class App extends jakarta.ws.rs.core.Application {}
`,
    'src/main/java/mill/Sacks.java': `package mill;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.*;
@Path("/sacks")
public class Sacks {
  @GET public String one(@QueryParam("mark") @NotNull Mark mark, @QueryParam("size") @DefaultValue("5") int size) { return "sack"; }
}
`,
    'src/main/java/mill/Mark.java':
      'package mill;\npublic class Mark { public static Mark valueOf(String text) { return new Mark(); } }\n',
  })
  expect(factsOf(set.facts, 'error').map((one) => sayFact(one, 'it'))).toEqual([
    'IF, for it, the query parameter size is not a whole number, THEN the service SHALL answer 404.',
    'it may answer 404, only where the request does not fit what is declared. (Open: when.)',
    'IF, for it, the query parameter mark is missing, THEN the service SHALL answer 400.',
  ])
})
