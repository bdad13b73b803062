import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const pom = `<project><dependencies><dependency><groupId>io.dropwizard</groupId><artifactId>dropwizard-core</artifactId></dependency><dependency><groupId>org.glassfish.jersey.core</groupId><artifactId>jersey-server</artifactId></dependency></dependencies></project>`

test('a text that a method may do without and never looks at is no input of it [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'pom.xml': pom,
    'src/main/java/x/BoatResource.java': `package x;
import java.util.Optional;
import javax.validation.constraints.NotNull;
import javax.ws.rs.*;
import javax.ws.rs.core.Response;
@Path("/boats")
public class BoatResource {
  @GET
  public Response all(
      @QueryParam("harbour") Optional<String> harbour,
      @QueryParam("colour") Optional<String> paint,
      @QueryParam("length") Integer length,
      @QueryParam("name") @NotNull String name,
      @HeaderParam("X-Crew") String crew) {
    return Response.ok(Boats.of(harbour.orElse(""))).build();
  }
}
`,
  })
  expect(
    factsOf(set.facts, 'parameter')
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['harbour', 'length', 'name'])
})

test('a query of Nest that a method never looks at is no input of it, but one that a pipe is asked of is [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"@nestjs/common":"^11","@nestjs/core":"^11"}}',
    'src/main.ts': `import { NestFactory } from '@nestjs/core'
import { Controller, Get, Module, ParseIntPipe, Query } from '@nestjs/common'
@Controller('boats')
class BoatsController {
  @Get()
  all(@Query('harbour') harbour: string, @Query('colour') paint: string, @Query('length', ParseIntPipe) length: number) {
    return [harbour]
  }
}
@Module({ controllers: [BoatsController] })
class BoatsModule {}
NestFactory.create(BoatsModule).then((app) => app.listen(3000))
`,
  })
  expect(
    factsOf(set.facts, 'parameter')
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['harbour', 'length'])
})
