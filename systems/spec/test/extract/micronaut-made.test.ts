import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('Micronaut answers an error by a function that a factory makes, below the path that its settings put together [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'src/main/resources/application.yml': `micronaut:
  application:
    name: depot
  server:
    context-path: /\${micronaut.application.name}
`,
    'src/main/java/depot/Lost.java': `package depot;
public class Lost extends RuntimeException {}
`,
    'src/main/java/depot/Handlers.java': `package depot;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.*;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
@Factory
class Handlers {
  @Singleton ExceptionHandler<Lost, HttpResponse<?>> lost() {
    return (request, exception) -> {
      HttpStatus status = HttpStatus.GONE;
      return HttpResponse.status(status);
    };
  }
}
`,
    'src/main/java/depot/Crates.java': `package depot;
import io.micronaut.http.annotation.*;
@Controller("/crates")
public class Crates {
  @Get("/{name}") public String crate(@PathVariable String name) {
    if (name.length() > 9) throw new Lost();
    return "a";
  }
}
`,
  })
  expect(factsOf(set.facts, 'operation').map(({ path, grade }) => `${path} ${grade}`)).toEqual([
    '/depot/crates/{name} proved',
  ])
  expect(factsOf(set.facts, 'error').map(({ status, raisedBy }) => `${status} ${raisedBy}`)).toEqual([
    '410 Lost',
  ])
})
