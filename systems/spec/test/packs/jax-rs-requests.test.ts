import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from './fixture.ts'

test('JAX-RS: code that is handed the request of the servlet container asks the method that was routed, and reads its headers [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'pom.xml': '<project><artifactId>jakarta.ws.rs-api</artifactId></project>',
    'src/main/java/org/locks/Locks.java': `
package org.locks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.*;
@Path("/locks")
public class Locks {
  @POST public Response add(@Context HttpServletRequest request) {
    switch (request.getMethod().toUpperCase()) {
      case "POST": break;
      case "PUT": break;
      default: throw new WebApplicationException("Only what changes", 400);
    }
    if (request.getHeader("x-key") == null) return Response.status(428).build();
    return Response.ok().build();
  }
}
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([428])
  expect(factsOf(set.facts, 'parameter').map((one) => `${one.in} ${one.name}`)).toEqual(['header x-key'])
})
