import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function errors(methods: string, more = '') {
  const { set } = await extractFiles({
    'src/main/java/harbour/Tides.java': `package harbour;
import java.util.List;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
@RestController
public class Tides {
  private TideTables tables;
${methods}
}
class Trouble { public String reason; public Trouble(String reason) { this.reason = reason; } }
class TideTables {
${more}
}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

test('what the framework answers to what does not fit is no answer of the code with the same status [SPEC-EXTRACT-06]', async () => {
  expect(
    await errors(`  @GetMapping("/tides")
  public ResponseEntity<?> tides(@RequestParam(defaultValue = "1") int days) {
    if (days < 1) return new ResponseEntity<>(new Trouble(tables.why()), HttpStatus.BAD_REQUEST);
    return ResponseEntity.ok("ok");
  }`),
  ).toEqual([
    'IF, for GET /tides, the query parameter days is less than 1, THEN the service SHALL answer 400 with Trouble.',
    'IF, for GET /tides, the request does not fit what is declared, THEN the service SHALL answer 400.',
  ])
})

test('what has to be given is there when the handler runs, and its parts may not be [SPEC-EXTRACT-06]', async () => {
  const harbours = (required: string) =>
    errors(
      `  @PostMapping("/tides")
  public String put(@RequestBody${required} List<String> harbours, @RequestParam String from) {
    tables.keep(harbours, from);
    return "ok";
  }
  @PutMapping("/tides")
  public String order(@RequestBody String[] harbours) {
    if (harbours[0] == null) throw new org.springframework.web.server.ResponseStatusException(HttpStatus.CONFLICT);
    return "ok";
  }`,
      `  void keep(List<String> harbours, String from) {
    if (harbours == null || from == null) throw new org.springframework.web.server.ResponseStatusException(HttpStatus.GONE);
  }`,
    )
  const first = 'IF, for PUT /tides, `harbours[0]` is missing, THEN the service SHALL answer 409.'
  const own = async (required: string) => (await harbours(required)).filter((one) => !one.endsWith('400.'))
  expect(await own('')).toEqual([first])
  expect(await own('(required = false)')).toEqual([
    'IF, for POST /tides, `harbours` is missing, THEN the service SHALL answer 410.',
    first,
  ])
})

test.each(['jakarta', 'javax'])(
  'a thing of several parameters fails as a whole: %s [SPEC-EXTRACT-06]',
  async (root) => {
    const { set } = await extractFiles({
      'src/main/java/harbour/Tides.java': `package harbour;
import ${root}.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.validation.BindException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
@RestController
public class Tides {
  @GetMapping("/tides")
  public String tides(@Valid Asked asked) { return "ok"; }
}
class Asked { private int days; public int getDays() { return days; } public void setDays(int days) { this.days = days; } }
@RestControllerAdvice
class Advice {
  @ExceptionHandler(MethodArgumentTypeMismatchException.class) @ResponseStatus(HttpStatus.NOT_FOUND)
  public String type() { return "no"; }
  @ExceptionHandler(MethodArgumentNotValidException.class) @ResponseStatus(HttpStatus.UNPROCESSABLE_ENTITY)
  public String whole() { return "no"; }
}
`,
    })
    expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([root === 'jakarta' ? 422 : 400])
  },
)
