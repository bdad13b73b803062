import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const java = (name: string, body: string) => ({
  [`src/main/java/mill/${name}.java`]: `package mill;
import jakarta.ws.rs.*;
import jakarta.ws.rs.container.*;
import jakarta.ws.rs.core.*;
${body}`,
})

const asks = `Method method = resource.getResourceMethod();
    if (method.isAnnotationPresent(Keyed.class)) {
      Keyed keyed = method.getAnnotation(Keyed.class);`
const mill = (
  register: string,
  filter = 'public class Gate implements ContainerRequestFilter',
  asked = asks,
) =>
  extractFiles({
    'pom.xml':
      '<project><dependency><artifactId>jersey-server</artifactId></dependency><dependency><groupId>jakarta.ws.rs</groupId></dependency></project>',
    ...java('Open', '@ApplicationPath("/")\npublic class Open extends Application {}\n'),
    ...java(
      'Sacks',
      `@Path("/sacks")
public class Sacks {
  @GET public String all() { return "all"; }
  @POST @Keyed("millers") public String fill(String sack) { return sack; }
}
`,
    ),
    ...java('Keyed', 'public @interface Keyed { String value(); }\n'),
    ...java(
      'Gates',
      `import java.lang.reflect.Method;
import org.glassfish.jersey.server.model.AnnotatedMethod;
public class Gates implements DynamicFeature {
  private final Gate gate;
  public Gates(Gate gate) { this.gate = gate; }
  @Override public void configure(ResourceInfo resource, FeatureContext context) {
    ${asked}
      context.register(${register});
    }
  }
}
`,
    ),
    ...java(
      'Gate',
      `${filter} {
  private final String key;
  public Gate(Keyed keyed) { this.key = keyed == null ? "none" : keyed.value(); }
  @Override public void filter(ContainerRequestContext request) {
    if (request.getHeaderString("X-Key") == null) throw new ForbiddenException("Bring the key.");
  }
}
`,
    ),
    ...java(
      'Server',
      `import org.glassfish.jersey.server.ResourceConfig;
public class Server extends ResourceConfig {
  public Server() { register(Sacks.class); register(Gates.class); }
}
`,
    ),
  })

test.each(['new Gate(keyed)', 'Gate.class', 'gate', 'gate, 1000'])(
  'a filter that a feature registers (%s) runs before the methods that the feature chooses, and before no other [SPEC-PACKS-01]',
  async (register) => {
    const { set } = await mill(register)
    const { facts } = set
    const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
    const said = factsOf(facts, 'error').map(
      ({ grade, operation, status, message }) => `${grade} ${titles.get(operation)} ${status} ${message}`,
    )
    expect(said).toEqual(['proved POST /sacks 403 '])
  },
)

test('one that is a provider besides runs before all of them [SPEC-PACKS-01]', async () => {
  const { set } = await mill(
    'Gate.class',
    '@jakarta.ws.rs.ext.Provider\npublic class Gate implements ContainerRequestFilter',
  )
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([403, 403])
})

test.each([
  'Keyed keyed = resource.getResourceMethod().getAnnotation(Keyed.class); if (keyed != null) {',
  'AnnotatedMethod method = new AnnotatedMethod(resource.getResourceMethod()); Keyed keyed = method.getAnnotation(Keyed.class); if (keyed != null) {',
])('a feature may ask for an annotation in other ways: %s [SPEC-PACKS-01]', async (asked) => {
  const { set } = await mill('new Gate(keyed)', undefined, asked)
  expect(factsOf(set.facts, 'error').map(({ grade, status }) => `${grade} ${status}`)).toEqual(['proved 403'])
})
