import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

test('a path of JAX-RS that does not match the pattern in its template is another path: a value is wrong by its type alone [SPEC-EXTRACT-05]', async () => {
  expect(
    await saidErrors({
      'pom.xml':
        '<project><artifactId>jakarta.ws.rs-api</artifactId><groupId>io.quarkus</groupId><artifactId>quarkus-rest</artifactId></project>',
      'src/main/java/port/Boats.java': `
package port;
import jakarta.ws.rs.*;
import java.util.UUID;
@Path("/boats")
public class Boats {
  @GET
  @Path("/{id:\\\\w+-\\\\w+-\\\\w+-\\\\w+-\\\\w+}")
  public String boat(@PathParam("id") UUID id) { return "boat"; }
}
`,
    }),
  ).toEqual([
    'IF, for GET /boats/{id}, the request does not fit what is declared, THEN the service SHALL answer 404.',
  ])
})
