import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const service = (name: string, path: string) => ({
  [`src/main/java/quarry/${name}.java`]: `package quarry;
import com.linecorp.armeria.server.annotation.*;
public class ${name} {
  @Get("${path}") public String all() { return "all"; }
}
`,
})

const titles = async (files: Record<string, string>) =>
  factsOf(
    (await extractFiles({ 'pom.xml': '<groupId>com.linecorp.armeria</groupId>', ...files })).set.facts,
    'operation',
  )
    .map(operationTitle)
    .toSorted()

test('services of Armeria stand below what callers of a builder of the program give them [SPEC-PACKS-01]', async () => {
  expect(
    await titles({
      ...service('Stones', '/all'),
      ...service('Carts', '/carts'),
      'src/main/java/quarry/Routes.java': `package quarry;
import com.linecorp.armeria.server.*;
public class Routes {
  private final ServerBuilder server = Server.builder();
  private final String base;
  public Routes(String base) { this.base = base; }
  public Routes with(String below, Object service) {
    server.annotatedService().pathPrefix(base + below).build(service);
    return this;
  }
}
`,
      'src/main/java/quarry/Main.java': `package quarry;
public class Main {
  public static void main(String[] args) { new Routes("/api/").with("stones", new Stones()); }
}
`,
    }),
  ).toEqual(['GET /api/stones/all', 'GET …/carts'])
})

test('a bean that sets up a server of Armeria is run, and a service of an Optional is that service [SPEC-PACKS-01]', async () => {
  expect(
    await titles({
      ...service('Stones', '/stones'),
      'src/main/java/quarry/Settings.java': `package quarry;
import com.linecorp.armeria.spring.ArmeriaServerConfigurator;
import java.util.Optional;
import org.springframework.context.annotation.*;
@Configuration
public class Settings {
  @Bean ArmeriaServerConfigurator server(Optional<Stones> stones) {
    return sb -> stones.ifPresent(one -> sb.annotatedService("/pit", stones.get()));
  }
}
`,
    }),
  ).toEqual(['GET /pit/stones'])
})
