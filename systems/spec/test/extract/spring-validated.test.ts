import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const uses = `package nest;
import jakarta.validation.*;
import jakarta.validation.constraints.*;
import org.springframework.http.*;
import org.springframework.stereotype.Service;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.*;
`
const files = (marked: string) => ({
  'pom.xml': '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
  'src/main/java/nest/Eggs.java': `${uses}
@RestController
class Eggs {
    private final Brood brood;
    Eggs(Brood brood) { this.brood = brood; }

    @PostMapping("/eggs")
    String add(@RequestBody Egg egg) { return brood.add(egg); }

    @GetMapping("/eggs")
    String find(@RequestParam(required = false) String bird, @RequestParam int days) { return brood.find(bird, days); }
}
`,
  'src/main/java/nest/Brood.java': `${uses}
@Service
${marked}
class Brood {
    String add(@Valid Egg egg) { return "egg"; }
    String find(@NotBlank String bird, @Max(30) int days) { return "egg"; }
}
`,
  'src/main/java/nest/Egg.java': `${uses}
record Egg(@NotBlank String bird) {}
`,
  'src/main/java/nest/Advice.java': `${uses}
@RestControllerAdvice
class Advice {
    @ExceptionHandler(ConstraintViolationException.class)
    ResponseEntity<String> bad(ConstraintViolationException e) { return ResponseEntity.unprocessableEntity().body("bad"); }
}
`,
})

async function refused(marked: string): Promise<string[]> {
  const { facts } = (await extractFiles(files(marked))).set
  const titles = new Map(factsOf(facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(facts, 'error')
    .filter(({ status }) => status === 422)
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .toSorted()
}

test('what a bean that is marked for validation is called with is checked as its method says [SPEC-EXTRACT-06]', async () => {
  expect(await refused('@Validated')).toEqual([
    'IF, for GET /eggs, the query parameter bird is missing, or the query parameter days is greater than 30, THEN the service SHALL answer 422 with string and say "bad".',
    'IF, for POST /eggs, the body does not fit `Egg`, THEN the service SHALL answer 422 with string and say "bad".',
  ])
  expect(await refused('')).toEqual([])
})
