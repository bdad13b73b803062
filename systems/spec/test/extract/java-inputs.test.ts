import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const quarkus = '<project><dependency><artifactId>io.quarkus</artifactId></dependency></project>'

test('A bean of parameters has each of its fields from where its annotation says, and is no model [SPEC-EXTRACT-05]', async () => {
  const { parameters } = summarize(
    await extractFiles({
      'pom.xml': '<project><groupId>io.quarkus</groupId></project>',
      'src/main/java/lib/Loans.java': `package lib;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;

@Path("/loans")
public class Loans {
  @GET public String list(@BeanParam Filter filter) { return "[]"; }
}
class Paging { @QueryParam("page") public int page; }
class Filter extends Paging {
  @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) public String language;
  @Context public UriInfo uri;
  public String unbound;
}
`,
    }),
  )
  expect(parameters['GET /loans']).toEqual(['header accept-language', 'query page'])
})

test('What is injected into a method of JAX-RS is no body, and parameters of Quarkus are what they are called [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'pom.xml': quarkus,
    'src/main/java/lib/Loans.java': `package lib;
import io.dropwizard.auth.Auth;
import io.quarkus.runtime.Quarkus;
import jakarta.validation.Valid;
import jakarta.ws.rs.*;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/loans")
public class Loans {
  @PUT public void put(@Auth Reader reader, @Valid Loan loan, @RestQuery String branch) {}
}
record Reader(String name) {}
record Loan(String title) {}
`,
  })
  expect(factsOf(set.facts, 'body').map(({ shape }) => shape)).toEqual([{ type: 'model', name: 'Loan' }])
  expect(factsOf(set.facts, 'parameter').map((one) => `${one.in} ${one.name}`)).toEqual(['query branch'])
})

test('Micronaut answers 404 for nothing, and what documents a body gives it no name [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'pom.xml': '<project><groupId>io.micronaut</groupId></project>',
      'src/main/java/lib/Loans.java': `package lib;
import io.micronaut.http.annotation.*;
import io.swagger.v3.oas.annotations.Parameter;

@Controller("/loans")
class Loans {
  @Post("/{id}/end")
  Loan end(String id, @Parameter(description = "How it ended") @Body Loan loan) {
    if (loan.title.isEmpty()) return null;
    return loan;
  }
}
class Loan { public String title; }
`,
    }),
  )
  expect(found.statuses['POST /loans/{id}/end']).toEqual([200, 400, 404])
  expect(found.parameters['POST /loans/{id}/end']).toEqual(['body title', 'path id'])
})

test('What an error says is not told where its mapper puts another in its place [SPEC-PACKS-01]', async () => {
  const service = (made: string) => ({
    'pom.xml': '<project><groupId>io.quarkus</groupId></project>',
    'src/main/java/lib/Loans.java': `package lib;
import jakarta.ws.rs.*;

@Path("/loans")
public class Loans {
  @GET public String list() { throw new Late("too late"); }
}
class Late extends RuntimeException { Late(String message) { super(message); } }
`,
    'src/main/java/lib/AnyMapper.java': `package lib;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.*;

@Provider
public class AnyMapper implements ExceptionMapper<Throwable> {
  public Response toResponse(Throwable ex) {
    ${made}
    return Response.status(503).entity(new Problem(ex)).build();
  }
}
record Problem(Throwable cause) {}
`,
  })
  const said = async (made: string) =>
    factsOf((await extractFiles(service(made))).set.facts, 'error').map((one) => [one.status, one.message])
  expect(await said('')).toEqual([[503, 'too late']])
  expect(await said('ex = new RuntimeException("An error occurred");')).toEqual([[503, '']])
})

test('What a method of Micronaut is given without an annotation is the body where it is of a class, and of the query otherwise [SPEC-EXTRACT-05]', async () => {
  const { parameters } = summarize(
    await extractFiles({
      'src/main/java/quarry/Blocks.java': `package quarry;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;

@Controller("/blocks")
public class Blocks {
  @Get
  String all(String colour) { return colour; }

  @Post("/{face}")
  String cut(String face, Order order, String tool) { return order.size; }
}
`,
      'src/main/java/quarry/Order.java': `package quarry;

public class Order {
  public String size;
}
`,
    }),
  )
  expect(parameters['GET /blocks']).toEqual(['query colour'])
  expect(parameters['POST /blocks/{face}']).toEqual(['body size', 'path face', 'query tool'])
})
