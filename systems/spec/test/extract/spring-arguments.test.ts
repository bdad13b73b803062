import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const pom =
  '<project><parent><groupId>org.springframework.boot</groupId><version>3.3.1</version></parent></project>'
const header = `package mill;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.http.*;
import org.springframework.util.MultiValueMap;
import jakarta.servlet.http.*;
import jakarta.validation.Valid;
import java.util.*;
`
const found = (code: string) =>
  extractFiles({ 'pom.xml': pom, 'src/main/java/mill/Sacks.java': `${header}${code}` })

test('What Spring gives a method of all parameters or headers, or of the whole request, is no parameter by its name [SPEC-EXTRACT-05]', async () => {
  const { set } = await found(`
@RestController
public class Sacks {
  @GetMapping("/all") public String all(@RequestParam Map<String, String> all, @RequestParam MultiValueMap<String, String> more, @RequestHeader HttpHeaders heads, @MatrixVariable int edge) { return "a"; }
  @PutMapping("/entity") public String entity(HttpEntity<Sack> sack) { if (sack.getBody() == null) { throw new IllegalStateException("none"); } return "a"; }
  @PostMapping("/request") public String request(RequestEntity<Sack> sack) { return "a"; }
}
record Sack(String mark) {}
`)
  expect(factsOf(set.facts, 'parameter')).toEqual([])
  expect(factsOf(set.facts, 'body').map((one) => [one.mediaType, one.shape, one.isRequired])).toEqual([
    ['application/json', { type: 'model', name: 'Sack' }, false],
    ['application/json', { type: 'model', name: 'Sack' }, false],
  ])
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([400, 400])
})

test('Parts and fields of a form that Spring takes are told as such [SPEC-EXTRACT-05]', async () => {
  const { parameters } = summarize(
    await found(`
@RestController
public class Sacks {
  @PostMapping(path = "/parts", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  public String parts(@RequestPart("sack") @Valid Sack sack, @RequestPart(value = "pictures", required = false) List<MultipartFile> pictures, @RequestParam String title) { return "a"; }
  @PostMapping(path = "/form", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  public String form(@RequestParam String miller, Sack sack) { return "a"; }
}
class Sack { private String mark; public void setMark(String mark) { this.mark = mark; } }
`),
  )
  expect(parameters).toEqual({
    'POST /parts': ['form pictures', 'form sack', 'form title'],
    'POST /form': ['form mark', 'form miller'],
  })
})

test('What a method of Spring returns has the status that it set on the response, and none where it sent an error [SPEC-EXTRACT-04]', async () => {
  const { set } = await found(`
@RestController
public class Sacks {
  @PostMapping("/made") public Sack made(HttpServletResponse response) { response.setStatus(HttpServletResponse.SC_CREATED); return new Sack("a"); }
  @GetMapping("/full") public void full(HttpServletResponse response) throws Exception { response.sendError(409, "full"); }
  @GetMapping("/torn") public String torn() { throw new Torn(); }
  @ExceptionHandler(Torn.class) public void onTorn(HttpServletResponse response) throws Exception { response.sendError(423); }
}
record Sack(String mark) {}
class Torn extends RuntimeException {}
`)
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  const told = [...factsOf(set.facts, 'response'), ...factsOf(set.facts, 'error')].map(
    ({ operation, status, grade }) => `${paths.get(operation) ?? ''} ${String(status)} ${grade}`,
  )
  expect(told.toSorted()).toEqual(['/full 409 proved', '/made 201 proved', '/torn 423 proved'])
})

test('A prefix is put before the controllers that a predicate by their annotation takes, and before no other [SPEC-EXTRACT-04]', async () => {
  const { operations } = summarize(
    await found(`
@org.springframework.context.annotation.Configuration
class Paths implements org.springframework.web.servlet.config.annotation.WebMvcConfigurer {
  public void configurePathMatch(org.springframework.web.servlet.config.annotation.PathMatchConfigurer paths) {
    paths.addPathPrefix("/inner", one -> one.isAnnotationPresent(Inner.class));
  }
}
@interface Inner {}
@Inner @RestController class Looms { @GetMapping("/looms") public String all() { return "a"; } }
@RestController class Sacks { @GetMapping("/sacks") public String all() { return "a"; } }
`),
  )
  expect(operations).toEqual(['GET /inner/looms', 'GET /sacks'])
})

test('Methods of a controller above take and give what its parameters stand for below [SPEC-EXTRACT-05]', async () => {
  const { set } = await found(`
abstract class Base<T> {
  @PostMapping public ResponseEntity<List<T>> make(@RequestBody T one) { return ResponseEntity.ok(store.with(one)); }
  protected Store<T> store;
}
interface Store<T> { List<T> with(T one); }
@RestController @RequestMapping("/sacks") class Sacks extends Base<Sack> {}
record Sack(String mark) {}
`)
  const sack = { type: 'model', name: 'Sack' }
  expect(factsOf(set.facts, 'body').map(({ shape }) => shape)).toEqual([sack])
  expect(factsOf(set.facts, 'response').map(({ shape }) => shape)).toEqual([{ type: 'array', items: sack }])
})

test('What an answer is made of by the name of its maker has the type that the method says, and one of a problem its status [SPEC-EXTRACT-05]', async () => {
  const { set } = await found(`
@RestController class Sacks {
  private final Store store; Sacks(Store store) { this.store = store; }
  @GetMapping("/sacks/{id}") public ResponseEntity<Sack> one(@PathVariable String id) { return store.find(id).map(ResponseEntity::ok).orElseGet(() -> ResponseEntity.notFound().build()); }
  @GetMapping("/held") public ResponseEntity<Sack> held() { return ResponseEntity.of(ProblemDetail.forStatusAndDetail(HttpStatus.LOCKED, "held")).build(); }
}
interface Store { Optional<Sack> find(String id); }
record Sack(String mark) {}
`)
  expect(factsOf(set.facts, 'response').map(({ shape }) => shape)).toEqual([{ type: 'model', name: 'Sack' }])
  expect(
    factsOf(set.facts, 'error')
      .map(({ status }) => status)
      .toSorted((a, b) => a - b),
  ).toEqual([404, 423])
})
