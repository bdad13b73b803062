import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

test('what a chain puts under a name is not what an answer says [SPEC-EXTRACT-05]', async () => {
  expect(
    await saidErrors({
      'build.gradle': 'plugins { id("io.micronaut.application") }',
      'src/main/java/port/Boats.java': `
package port;
import io.micronaut.http.*;
import io.micronaut.http.annotation.*;
import io.micronaut.http.hateoas.JsonError;
import java.util.List;
@Controller("/boats")
public class Boats {
  @Get public HttpResponse<?> all(@QueryValue int berth) {
    if (berth > 9) return HttpResponse.badRequest(new JsonError("no such berth").embedded("errors", List.of()));
    return HttpResponse.ok();
  }
}
`,
    }),
  ).toContainEqual(expect.stringContaining('say "no such berth"'))
})
