import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const asked = `if (key == null) return Response.status(Response.Status.UNAUTHORIZED).build();
    if (key.isBlank()) return refuse();
    return null;`
const files = (mark: string, gives = asked) => ({
  'pom.xml':
    '<project><dependency><groupId>io.quarkus</groupId><artifactId>quarkus-rest</artifactId></dependency></project>',
  'src/main/java/hives/Hives.java': `package hives;
import jakarta.ws.rs.*;
@Path("/hives")
public class Hives {
  @GET
  public String all() { return "ok"; }
}
`,
  'src/main/java/hives/Gate.java': `package hives;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.*;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
${mark}
public class Gate {
  @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
  public Response enter(ContainerRequestContext context) {
    String key = context.getHeaderString("X-Keeper");
    ${gives}
  }
  private Response refuse() { return Response.status(403).entity("blank").build(); }
}
`,
})

async function said(mark: string, gives?: string) {
  const { set } = await extractFiles(files(mark, gives))
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [...factsOf(set.facts, 'guard'), ...factsOf(set.facts, 'error')]
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

test('what a method that is marked as a filter gives is answered before the handler [SPEC-EXTRACT-06]', async () => {
  expect(await said('')).toEqual([
    'IF, for GET /hives, the header X-Keeper is missing, THEN the service SHALL answer 401.',
    'IF, for GET /hives, the header X-Keeper is there and the header X-Keeper is blank, THEN the service SHALL answer 403.',
    'WHEN a client sends GET /hives, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

test('and of what gives one or the other, where it gives the answer [SPEC-EXTRACT-06]', async () => {
  expect(await said('', 'return key == null ? Response.status(401).build() : null;')).toEqual([
    'IF, for GET /hives, the header X-Keeper is missing, THEN the service SHALL answer 401.',
    'WHEN a client sends GET /hives, the service SHALL answer 401 to a caller who is not signed in.',
  ])
})

test('and only in the builds that have it [SPEC-EXTRACT-06]', async () => {
  expect(await said('@IfBuildProfile("prod")')).toContain(
    'WHEN a client sends GET /hives and the profile "prod" is active, the service SHALL answer 401 to a caller who is not signed in.',
  )
  expect(await said('@IfBuildProperty(name = "hives.gate", stringValue = "on")')).toContain(
    'WHEN a client sends GET /hives and `hives.gate` is "on", the service SHALL answer 401 to a caller who is not signed in.',
  )
})
