import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('an answer that is built is never null [SPEC-EXTRACT-05]', async () => {
  const { set } = await extractFiles({
    'pom.xml':
      '<project><dependency><groupId>io.quarkus</groupId><artifactId>quarkus-rest</artifactId></dependency></project>',
    'src/main/java/hives/Hives.java': `package hives;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Response;
@Path("/hives")
public class Hives {
  @POST
  public Response add(Hive hive) {
    Response refused = checked(hive);
    if (refused != null) return refused;
    return Response.noContent().build();
  }
  private Response checked(Hive hive) {
    if (Keepers.knows(hive)) return Response.status(409).entity("known").build();
    return null;
  }
}
`,
    'src/main/java/hives/Hive.java': `package hives;
public class Hive { public String name; }
`,
  })
  expect(
    [...factsOf(set.facts, 'response'), ...factsOf(set.facts, 'error')]
      .filter(({ status }) => status !== 400 && status !== 415)
      .map((one) => sayFact(one, 'it'))
      .toSorted(),
  ).toEqual([
    'IF, for it, `Keepers.knows(body)` holds, THEN the service SHALL answer 409 with string and say "known".',
    'WHEN a client sends it and `Keepers.knows(body)` does not hold, the service SHALL answer 204.',
  ])
})
