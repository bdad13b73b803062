import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const app = {
  'src/main/java/depot/App.java': `package depot;
@jakarta.ws.rs.ApplicationPath("/")
public class App extends jakarta.ws.rs.core.Application {}
`,
}

async function errorsOf(files: Record<string, string>) {
  const { set } = await extractFiles({ ...app, ...files })
  const operations = factsOf(set.facts, 'operation')
  return factsOf(set.facts, 'error')
    .map(({ operation, status, raisedBy, grade }) => {
      const of = operations.find(({ id }) => id === operation)
      return `${of?.method} ${of?.path}: ${status} ${raisedBy}${grade === 'open' ? ' ?' : ''}`
    })
    .toSorted()
}

const crates = {
  'src/main/java/depot/CrateLost.java': `package depot;
public class CrateLost extends RuntimeException { public CrateLost(String m) { super(m); } }
`,
  'src/main/java/depot/Answers.java': `package depot;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
public class Answers {
  private final String name;
  @jakarta.inject.Inject public Answers(String name) { this.name = name; }
  public ResponseBuilder with(Status status) { return with(status.getStatusCode()); }
  public ResponseBuilder with(int status) { return Response.status(status).header("X-Depot", name)
    .header("X-A", "a").header("X-B", "b").header("X-C", "c").header("X-D", "d").header("X-E", "e").header("X-F", "f"); }
}
`,
  'src/main/java/depot/Mapper.java': `package depot;
import jakarta.ws.rs.core.*;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
abstract class Mapper<T extends Throwable> implements ExceptionMapper<T> {
  private final Status status;
  private final Answers answers;
  Mapper(final Status status, final Answers answers) { this.status = status; this.answers = answers; }
  @Override public Response toResponse(final T e) {
    Status given = this.status;
    if (given == null && e instanceof CrateLost) { given = Status.fromStatusCode(((CrateLost) e).getCode().of()); }
    return answers.with(given).type("text/plain").entity(e.getMessage()).build();
  }
}
`,
  'src/main/java/depot/LostMapper.java': `package depot;
import static jakarta.ws.rs.core.Response.Status.GONE;
@jakarta.ws.rs.ext.Provider
public class LostMapper extends Mapper<CrateLost> {
  @jakarta.inject.Inject public LostMapper(final Answers answers) { super(GONE, answers); }
}
`,
  'src/main/java/depot/Crates.java': `package depot;
import jakarta.ws.rs.*;
@Path("/crates")
public class Crates {
  @GET @Path("/{name}") public String crate(@PathParam("name") String name) {
    try {
      if (name.length() > 9) throw new CrateLost("no such crate");
      return "a";
    } catch (Exception e) {
      System.out.println(e);
      throw e;
    }
  }
}
`,
}

test('a mapper of JAX-RS that extends one of the program is for the errors that stand for its parameter [SPEC-PACKS-01]', async () => {
  expect(await errorsOf(crates)).toEqual(['GET /crates/{name}: 410 CrateLost'])
})

test('a mapper is for no error of another package that has the name of its own, and one of the framework goes to the nearest above it [SPEC-PACKS-01]', async () => {
  const mapper = (name: string, error: string, status: number) => ({
    [`src/main/java/depot/${name}.java`]: `package depot;
import ${error};
import jakarta.ws.rs.core.Response;
@jakarta.ws.rs.ext.Provider
public class ${name} implements jakarta.ws.rs.ext.ExceptionMapper<${error.split('.').at(-1)}> {
  public Response toResponse(${error.split('.').at(-1)} e) { return Response.status(${status}).entity(said(e)).build(); }
  private Object said(Exception e) { return java.util.Map.of("error", e); }
}
`,
  })
  const scale = {
    'src/main/java/depot/Scale.java': `package depot;
import jakarta.ws.rs.*;
@Path("/scale")
public class Scale {
  @GET @Path("/{grams}") public String path(@PathParam("grams") int grams) { return "a"; }
}
`,
  }
  const other = mapper('Gone', 'com.depot.client.NotFoundException', 410)
  expect(await errorsOf({ ...scale, ...other })).toEqual(['GET /scale/{grams}: 404 JAX-RS'])
  expect(
    await errorsOf({ ...scale, ...other, ...mapper('Web', 'jakarta.ws.rs.WebApplicationException', 422) }),
  ).toEqual(['GET /scale/{grams}: 422 JAX-RS'])
})

test('an answer with a body that is thrown is given as it is, whatever mapper there is [SPEC-PACKS-01]', async () => {
  expect(
    await errorsOf({
      'src/main/java/depot/Web.java': `package depot;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
@jakarta.ws.rs.ext.Provider
public class Web implements jakarta.ws.rs.ext.ExceptionMapper<WebApplicationException> {
  public Response toResponse(WebApplicationException e) { return Response.status(418).build(); }
}
`,
      'src/main/java/depot/Loads.java': `package depot;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Response;
@Path("/loads")
public class Loads {
  @GET @Path("/a") public String a(@QueryParam("n") String n) {
    if (n == null) throw new WebApplicationException(Response.status(409).entity("taken").build());
    return "a";
  }
  @GET @Path("/b") public String b(@QueryParam("n") String n) {
    if (n == null) throw new WebApplicationException(Response.status(409).build());
    return "a";
  }
  @GET @Path("/c") public String c(@QueryParam("n") String n) {
    if (n == null) throw new WebApplicationException("taken", 409);
    return "a";
  }
}
`,
    }),
  ).toEqual([
    'GET /loads/a: 409 WebApplicationException',
    'GET /loads/b: 418 WebApplicationException',
    'GET /loads/c: 418 WebApplicationException',
  ])
})

test('a mapper that gives the status of the answer which an error has answers with that [SPEC-PACKS-01]', async () => {
  expect(
    await errorsOf({
      'src/main/java/depot/Web.java': `package depot;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
@jakarta.ws.rs.ext.Provider
public class Web {
  @ServerExceptionMapper public Response all(WebApplicationException e) { return Response.status(e.getResponse().getStatus()).entity(e.getMessage()).build(); }
}
`,
      'src/main/java/depot/Loads.java': `package depot;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Response;
@Path("/loads")
public class Loads {
  @GET @Path("/a") public String a(@QueryParam("n") String n) {
    if (n == null) throw new WebApplicationException(Response.status(409).build());
    return "a";
  }
  @GET @Path("/b") public String b(@QueryParam("n") String n) {
    if (n == null) throw new NotFoundException("no such load");
    return "a";
  }
  @GET @Path("/c") public String c(@QueryParam("n") String n) {
    if (n == null) throw new WebApplicationException("taken", 409);
    return "a";
  }
  @GET @Path("/d/{n}") public String d(@PathParam("n") int n) {
    return "a";
  }
  @GET @Path("/e") public String e(@QueryParam("n") String n) {
    if (n == null) throw new BadRequestException("taken");
    return "a";
  }
}
`,
    }),
  ).toEqual([
    'GET /loads/a: 409 WebApplicationException',
    'GET /loads/b: 404 NotFoundException',
    'GET /loads/c: 409 WebApplicationException',
    'GET /loads/d/{n}: 404 JAX-RS',
    'GET /loads/e: 400 BadRequestException',
  ])
})

test('a filter that nothing but its own class names refuses nobody [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    ...app,
    'src/main/java/depot/Gate.java': `package depot;
import jakarta.ws.rs.container.*;
import jakarta.ws.rs.ForbiddenException;
public class Gate implements ContainerRequestFilter {
  private static final Object log = Logs.of(Gate.class);
  public Gate() {}
  public void filter(ContainerRequestContext c) { if (c.getHeaderString("X-Key") == null) throw new ForbiddenException(); }
}
`,
    'src/main/java/depot/Loads.java': `package depot;
import jakarta.ws.rs.*;
@Path("/loads")
public class Loads {
  @GET public String a(@HeaderParam("X-Who") String who) {
    return who == null ? "b" : "a";
  }
}
`,
  })
  expect(factsOf(set.facts, 'error')).toEqual([])
})

test('an Optional of Guava is not told to be missing where what it is made of is there [SPEC-EXTRACT-06]', async () => {
  const found = await errorsOf({
    'src/main/java/depot/Loads.java': `package depot;
import com.google.common.base.Optional;
import jakarta.ws.rs.*;
@Path("/loads")
public class Loads {
  @GET public String a(@HeaderParam("X-Who") String who) {
    if (who != null) {
      Optional<String> name = Optional.fromNullable(who);
      if (!name.isPresent()) throw new BadRequestException("nobody");
    }
    return "a";
  }
}
`,
  })
  expect(found.filter((one) => !one.endsWith('?'))).toEqual([])
})

test("the text of an error of JAX-RS is told only where it is sent: in an answer with a body, by a mapper, by Dropwizard's [SPEC-EXTRACT-04]", async () => {
  const loads = {
    'src/main/java/depot/Full.java': `package depot;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Response;
public class Full extends WebApplicationException {
  public Full(String text) { super(Response.status(409).entity(text).build()); }
}
`,
    'src/main/java/depot/Loads.java': `package depot;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Response;
@Path("/loads")
public class Loads {
  private LoadStore loads;
  @GET @Path("{id}") public String one(@PathParam("id") String id) {
    if (!loads.has(id)) throw new NotFoundException("No such load");
    if (loads.isHeavy(id)) throw new WebApplicationException("Too heavy", 422);
    if (loads.isWet(id)) throw new BadRequestException(Response.status(400).entity("Wet").build());
    if (loads.isFull(id)) throw new Full("Full");
    return id;
  }
}
`,
  }
  const texts = async (files: Record<string, string>) =>
    factsOf((await extractFiles({ ...loads, ...files })).set.facts, 'error')
      .map(({ status, message }) => `${status} ${message}`.trim())
      .toSorted()
  expect(await texts(app)).toEqual(['400 Wet', '404', '409 Full', '422'])
  expect(
    await texts({
      ...app,
      'src/main/java/depot/Lost.java': `package depot;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.*;
@Provider public class Lost implements ExceptionMapper<NotFoundException> {
  public Response toResponse(NotFoundException e) { return Response.status(404).entity(e.getMessage()).build(); }
}
`,
    }),
  ).toEqual(['400 Wet', '404 No such load', '409 Full', '422'])
  const dropwizard = `package depot;
import io.dropwizard.core.Application;
public class App extends Application<Settings> {}
`
  expect(await texts({ 'src/main/java/depot/App.java': dropwizard })).toEqual([
    '400 Wet',
    '404 No such load',
    '409 Full',
    '422 Too heavy',
  ])
})
