import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('Java: a field with the name of a method is the field where no call asks for it [SPEC-EXTRACT-10]', async () => {
  expect(
    await printedAnswers({
      'pom.xml':
        '<project><dependencies><dependency><artifactId>quarkus-resteasy</artifactId></dependency></dependencies></project>',
      'src/main/java/pier/Caller.java': `package pier;
public class Caller {
  private boolean mayMoor;
  private boolean mayLeave;
  void setRights(boolean mayMoor) { this.mayMoor = mayMoor; }
  public boolean mayMoor() { return mayMoor; }
  public boolean mayLeave() { return this.mayLeave; }
}
`,
      'src/main/java/pier/Piers.java': `package pier;
import javax.inject.Inject;
import javax.ws.rs.*;
import javax.ws.rs.core.Response;
@Path("/piers")
public class Piers {
  @Inject Caller caller;
  @GET @Path("/moor")
  public Response moor() {
    if (!caller.mayMoor()) return Response.status(Response.Status.FORBIDDEN).build();
    return Response.ok().build();
  }
  @GET @Path("/leave")
  public Response leave() {
    if (!caller.mayLeave()) return Response.status(Response.Status.CONFLICT).build();
    return Response.ok().build();
  }
}
`,
    }),
  ).toEqual({
    '/piers/moor': ['403 where !caller.mayMoor', '200'],
    '/piers/leave': ['409 where !caller.mayLeave', '200'],
  })
})
