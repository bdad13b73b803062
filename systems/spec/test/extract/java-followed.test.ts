import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

const files = (keeper: string, more: Record<string, string> = {}) => ({
  'src/main/java/depot/App.java': `package depot;
@jakarta.ws.rs.ApplicationPath("/")
public class App extends jakarta.ws.rs.core.Application {}
`,
  'src/main/java/depot/Doorkeeper.java': `package depot;
public interface Doorkeeper { String admit(String who); }
`,
  'src/main/java/depot/Keeper.java': keeper,
  'src/main/java/depot/Door.java': `package depot;
import jakarta.ws.rs.container.*;
import jakarta.ws.rs.core.Response;
@jakarta.ws.rs.ext.Provider
public class Door implements ContainerRequestFilter {
  private final Doorkeeper keeper;
  @jakarta.inject.Inject public Door(Doorkeeper keeper) { this.keeper = keeper; }
  public void filter(ContainerRequestContext request) {
    try {
      this.keeper.admit(request.getHeaderString("x-badge"));
    } catch (Exception e) {
      request.abortWith(Response.status(401).build());
    }
  }
}
`,
  'src/main/java/depot/Crates.java': `package depot;
import jakarta.ws.rs.*;
@Path("/crates")
public class Crates {
  @GET public String crates() { return "a"; }
}
`,
  ...more,
})

async function refusals(sources: Record<string, string>) {
  const { set } = await extractFiles(sources)
  return ['error', 'guard'].flatMap((kind) =>
    set.facts.filter((fact) => fact.kind === kind).map(({ grade }) => `${kind} ${grade}`),
  )
}

const admits = (before: string, body: string) => `package depot;
${before}
public class Keeper implements Doorkeeper { public String admit(String who) { ${body} } }
`
const bean = '@jakarta.inject.Singleton'

test('what all code behind a type never fails at is told of no handler of errors around it [SPEC-EXTRACT-01]', async () => {
  expect(await refusals(files(admits(bean, 'return null;')))).toEqual([])
  const fails = 'return com.depot.Badges.read(who);'
  expect(await refusals(files(admits(bean, fails)))).toEqual(['error proved', 'guard proved'])
  const throws = 'if (who == null) throw new IllegalStateException("badge"); return who;'
  expect(await refusals(files(admits(bean, throws)))).toEqual(['error proved', 'guard proved'])
})

test('where code outside may stand behind a type it is asked when that fails [SPEC-EXTRACT-01]', async () => {
  const open = ['error open']
  expect(await refusals(files(admits('', 'return null;')))).toEqual(open)
  const found = `package depot;
public class Doors { Doorkeeper any() { return java.util.ServiceLoader.load(Doorkeeper.class).iterator().next(); } }
`
  expect(
    await refusals(files(admits(bean, 'return null;'), { 'src/main/java/depot/Doors.java': found })),
  ).toEqual(open)
  const spare = '@io.quarkus.arc.DefaultBean ' + bean
  expect(await refusals(files(admits(spare, 'return null;')))).toEqual(open)
})
