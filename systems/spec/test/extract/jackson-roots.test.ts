import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import type { Shape } from '../../src/facts/shape.ts'
import { extractFiles } from '../packs/fixture.ts'

const boats = `package quay;

import com.fasterxml.jackson.annotation.*;
import org.springframework.web.bind.annotation.*;

@RestController
class Boats {
  @JsonRootName("boat")
  record NewBoat(String name) {}

  @JsonTypeName("berth")
  @JsonTypeInfo(include = JsonTypeInfo.As.WRAPPER_OBJECT, use = JsonTypeInfo.Id.NAME)
  record Berth(int length) {}

  @JsonRootName("boat")
  record Boat(String name, Berth berth) {}

  @PostMapping("/boats")
  Boat add(@RequestBody NewBoat boat) {
    return new Boat(boat.name(), null);
  }

  @PostMapping("/berths")
  Berth berth(@RequestBody Berth berth) {
    return berth;
  }
}
`

const shown = (shape: Shape): string =>
  shape.type === 'model'
    ? shape.name
    : shape.type === 'object'
      ? `{${shape.fields.map(({ name, shape: own }) => `${name}: ${shown(own)}`).join(', ')}}`
      : shape.type

const shapesOf = async (files: Record<string, string>) => {
  const { set } = await extractFiles({
    'pom.xml': '<project><artifactId>spring-boot-starter-web</artifactId></project>',
    'src/main/java/quay/Boats.java': boats,
    ...files,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [...factsOf(set.facts, 'body'), ...factsOf(set.facts, 'response')]
    .map((one) => `${titles.get(one.operation) ?? '?'} ${one.kind} ${shown(one.shape)}`)
    .toSorted()
}

test('a body is under the name of its class where the mapper takes bodies out of their roots, and what is wrapped is so everywhere [SPEC-EXTRACT-04]', async () => {
  expect(await shapesOf({})).toEqual([
    'POST /berths body {berth: Berth}',
    'POST /berths response {berth: Berth}',
    'POST /boats body NewBoat',
    'POST /boats response Boat',
  ])
  const settings = 'spring:\n  jackson:\n    deserialization:\n      unwrap-root-value: true\n'
  expect(await shapesOf({ 'src/main/resources/application.yml': settings })).toEqual([
    'POST /berths body {berth: Berth}',
    'POST /berths response {berth: Berth}',
    'POST /boats body {boat: NewBoat}',
    'POST /boats response Boat',
  ])
  const mapper = `package quay;

class Mapper {
  @org.springframework.context.annotation.Bean
  Object mapper() {
    return new ObjectMapper().enable(SerializationFeature.WRAP_ROOT_VALUE);
  }
}
`
  expect(await shapesOf({ 'src/main/java/quay/Mapper.java': mapper })).toContain(
    'POST /boats response {boat: Boat}',
  )
})

test('errors of Quarkus that say who may not are answered by Quarkus, and how to sign in is no message [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'src/main/java/quay/Boats.java': `package quay;

import io.quarkus.security.ForbiddenException;
import jakarta.ws.rs.*;

@Path("/boats")
public class Boats {
  @GET
  @Path("{name}")
  public String get(@PathParam("name") String name, @HeaderParam("X-Who") String who) {
    if (who == null) throw new NotAuthorizedException("Boats");
    if (!who.equals(name)) throw new ForbiddenException("not yours");
    return name;
  }
}
`,
    'src/main/java/quay/Gone.java': `package quay;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.*;

@Provider
public class Gone implements ExceptionMapper<NotFoundException> {
  public Response toResponse(NotFoundException e) {
    return Response.status(410).build();
  }
}
`,
  })
  const said = factsOf(set.facts, 'error').map((one) => sayFact(one, 'GET /boats/{name}'))
  expect(said.toSorted()).toEqual([
    'IF, for GET /boats/{name}, `header.x-who == path.name` does not hold and the header x-who is there, THEN the service SHALL answer 403.',
    'IF, for GET /boats/{name}, the header x-who is missing, THEN the service SHALL answer 401.',
  ])
})

test('a Mono of Micronaut that comes of looking for a thing may have none [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'src/main/java/quay/Boats.java': `package quay;

import io.micronaut.http.annotation.*;
import reactor.core.publisher.*;

@Controller("/boats")
public class Boats {
  private final BoatStore boats;

  Boats(BoatStore boats) {
    this.boats = boats;
  }

  @Get("/{name}")
  Mono<String> get(String name) {
    return boats.findByName(name).map(Boat::name);
  }

  @Get
  Mono<Long> count() {
    return boats.all().count();
  }
}

record Boat(String name) {}

interface BoatStore extends io.micronaut.data.repository.reactive.ReactorCrudRepository<Boat, Long> {
  Mono<Boat> findByName(String name);
  Flux<Boat> all();
}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(factsOf(set.facts, 'error').map((one) => sayFact(one, titles.get(one.operation) ?? '?'))).toEqual([
    'IF, for GET /boats/{name}, `boats.findByName(path.name)` is missing, THEN the service SHALL answer 404.',
  ])
})
