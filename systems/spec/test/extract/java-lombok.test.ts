import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const java = (name: string, body: string) => ({
  [`src/main/java/fleet/${name}.java`]: `package fleet;\n${body}`,
})

const fleet = (code: string, thrown: string, made = 'new RefusedException') =>
  extractFiles({
    'pom.xml': '<project><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></project>',
    ...java(
      'Desk',
      `import org.springframework.web.bind.annotation.*;
@RestController
public class Desk {
  private final Boats boats;
  Desk(Boats boats) { this.boats = boats; }
  @GetMapping("/boats/{name}")
  public Boat one(@PathVariable("name") String name) {
    return boats.find(name).orElseThrow(() -> ${made}(Refusal.SUNK));
  }
}
`,
    ),
    ...java('Boats', 'interface Boats { java.util.Optional<Boat> find(String name); }\nclass Boat {}\n'),
    ...java('Refusal', code),
    ...java('RefusedException', thrown),
    ...java(
      'Refusing',
      `import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Refusing {
  @ExceptionHandler(RefusedException.class)
  public ResponseEntity<String> refused(RefusedException e) {
    return ResponseEntity.status(e.getRefusal().getStatus()).body(e.getRefusal().getText());
  }
}
`,
    ),
  })

const code = (annotation: string, isFinal = 'final ') => `import lombok.*;
import org.springframework.http.HttpStatus;
@Getter
${annotation}
public enum Refusal {
  SUNK(HttpStatus.GONE, "It lies on the ground."),
  AWAY(HttpStatus.CONFLICT, "It is out.");
  private ${isFinal}HttpStatus status;
  private ${isFinal}String text;
  private static final int COUNT = 2;
}
`
const thrown = (annotation: string) => `import lombok.*;
@Getter
${annotation}
public class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Refusal refusal;
}
`

test.each([
  [code('@RequiredArgsConstructor'), thrown('@RequiredArgsConstructor')],
  [code('@AllArgsConstructor', ''), thrown('@AllArgsConstructor')],
  [code('@AllArgsConstructor(access = AccessLevel.PRIVATE)'), thrown('@Data')],
])(
  'constructors that Lombok writes set the fields of an error and of its code [SPEC-PACKS-01]',
  async (refusal, error) => {
    const { set } = await fleet(refusal, error)
    const errors = factsOf(set.facts, 'error').filter(({ status }) => status !== 400)
    expect(errors.map(({ status, grade }) => `${grade} ${status}`)).toEqual(['proved 410'])
    expect(errors[0]?.evidence.map(({ path }) => path)).toContain('src/main/java/fleet/Refusal.java')
  },
)

test.each([
  '@AllArgsConstructor(staticName = "of")',
  '@RequiredArgsConstructor(access = AccessLevel.PUBLIC, staticName = "of")',
  '@Value(staticConstructor = "of")',
])('methods that Lombok writes make what its constructors do (%s) [SPEC-PACKS-01]', async (annotation) => {
  const { set } = await fleet(code('@AllArgsConstructor'), thrown(annotation), 'RefusedException.of')
  const errors = factsOf(set.facts, 'error').filter(({ status }) => status !== 400)
  expect(errors.map(({ status, grade }) => `${grade} ${status}`)).toEqual(['proved 410'])
})

test('without one that takes all of them no field is set [SPEC-PACKS-01]', async () => {
  const { set } = await fleet(code('@RequiredArgsConstructor', ''), thrown('@RequiredArgsConstructor'))
  expect(factsOf(set.facts, 'error').filter(({ status }) => status === 410)).toEqual([])
})
