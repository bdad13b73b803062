import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const desk = `package quarry;
import java.util.*;
import java.util.stream.Collectors;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
@RestController
@RequestMapping("/quarries")
public class Desk {
  private final QuarryService quarries;
  private final StoneBook book;
  @PostMapping("/{id}/carts/{cart}")
  public Cart cart(@PathVariable Long id, @PathVariable Long cart) { return quarries.load(id, cart); }
  @PostMapping("/{id}/blasts")
  public void blast(@PathVariable Long id, @RequestParam String left, @RequestParam String right) { quarries.blast(left, right); }
  @GetMapping("/{id}/shape")
  public ResponseEntity<?> shape(@PathVariable Long id) {
    Shape shape = quarries.shape(id);
    return ResponseEntity.status(HttpStatus.CREATED).body(shape);
  }
  @GetMapping("/{id}/dust")
  public ResponseEntity<?> dust(@PathVariable Long id) {
    byte[] dust = quarries.dust(id);
    return ResponseEntity.status(203).body(dust);
  }
  @GetMapping("/stones")
  public Map<String, Object> stones() {
    Map<String, Object> all = new HashMap<>();
    all.put("names", book.all().stream().map(s -> s.getName()).toList());
    all.put("views", book.all().stream().filter(s -> s.isHeavy()).map(StoneView::from).collect(Collectors.toList()));
    return all;
  }
  @GetMapping("/heaps")
  public ResponseEntity<?> heaps() {
    List<Stone> heaps = book.all();
    return ResponseEntity.status(203).body(heaps.stream().collect(Collectors.groupingBy(Stone::getName)));
  }
}
`
const service = `package quarry;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
public class QuarryService {
  private final StoneBook stones;
  private final Carts carts;
  private final Gauge gauge;
  public Cart load(Long id, Long cartId) {
    Stone stone = stones.byId(id).orElseThrow(() -> new NoStone("No stone"));
    Cart cart = carts.byId(cartId).orElseThrow(() -> new ResponseStatusException(HttpStatus.GONE, "No cart"));
    if (cart.isFull()) throw new ResponseStatusException(HttpStatus.CONFLICT, "Full");
    return cart;
  }
  public void blast(String left, String right) {
    checkFuse(left, HttpStatus.LOCKED);
    checkFuse(right, HttpStatus.GONE);
  }
  private void checkFuse(String fuse, HttpStatus status) {
    if (!gauge.isDry(fuse)) throw new ResponseStatusException(status, "Wet");
  }
  public Shape shape(Long id) { return gauge.shapeOf(id); }
  public byte[] dust(Long id) { return gauge.dustOf(id); }
}
`
const files = {
  'pom.xml':
    '<project><parent><artifactId>spring-boot-starter-parent</artifactId><version>3.2.0</version></parent></project>',
  'src/main/java/quarry/App.java':
    'package quarry;\n@org.springframework.boot.autoconfigure.SpringBootApplication\npublic class App {}\n',
  'src/main/java/quarry/Desk.java': desk,
  'src/main/java/quarry/QuarryService.java': service,
  'src/main/java/quarry/Stone.java':
    'package quarry;\npublic class Stone { private String name; private boolean heavy; public String getName() { return name; } public boolean isHeavy() { return heavy; } }\n',
  'src/main/java/quarry/StoneView.java':
    'package quarry;\npublic record StoneView(String label) { public static StoneView from(Stone s) { return new StoneView(s.getName()); } }\n',
  'src/main/java/quarry/Cart.java':
    'package quarry;\npublic class Cart { private boolean full; public boolean isFull() { return full; } }\n',
  'src/main/java/quarry/Shape.java': 'package quarry;\npublic class Shape { private int width; }\n',
  'src/main/java/quarry/StoneBook.java':
    'package quarry;\nimport java.util.*;\npublic interface StoneBook { List<Stone> all(); Optional<Stone> byId(Long id); }\n',
  'src/main/java/quarry/Carts.java':
    'package quarry;\nimport java.util.*;\npublic interface Carts { Optional<Cart> byId(Long id); }\n',
  'src/main/java/quarry/Gauge.java':
    'package quarry;\npublic interface Gauge { boolean isDry(String fuse); Shape shapeOf(Long id); byte[] dustOf(Long id); }\n',
  'src/main/java/quarry/NoStone.java':
    'package quarry;\nimport org.springframework.http.HttpStatus;\nimport org.springframework.web.bind.annotation.ResponseStatus;\n@ResponseStatus(HttpStatus.NOT_FOUND)\npublic class NoStone extends RuntimeException { public NoStone(String text) { super(text); } }\n',
}

async function sentences(of: Record<string, string>, kind: 'error' | 'response'): Promise<string[]> {
  const { set } = await extractFiles(of)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, kind)
    .flatMap((one) => (one.grade === 'open' ? [] : [sayFact(one, titles.get(one.operation) ?? '')]))
    .toSorted()
}

test('what comes after a lookup or a check of Java that throws comes where that threw nothing [SPEC-EXTRACT-06]', async () => {
  const told = await sentences(files, 'error')
  expect(told.filter((one) => one.includes('/carts/') && !one.includes('does not fit'))).toEqual([
    'IF, for POST /quarries/{id}/carts/{cart}, `quarries.carts.byId(path.cart).orElseThrow.full` holds and `quarries.stones.byId(path.id)` is there, THEN the service SHALL answer 409.',
    'IF, for POST /quarries/{id}/carts/{cart}, `quarries.carts.byId(path.cart)` is missing and `quarries.stones.byId(path.id)` is there, THEN the service SHALL answer 410.',
    'IF, for POST /quarries/{id}/carts/{cart}, `quarries.stones.byId(path.id)` is missing, THEN the service SHALL answer 404.',
  ])
  expect(told.filter((one) => one.includes('/blasts') && !one.includes('does not fit'))).toEqual([
    'IF, for POST /quarries/{id}/blasts, `quarries.gauge.isDry(query.left)` does not hold, THEN the service SHALL answer 423.',
    'IF, for POST /quarries/{id}/blasts, `quarries.gauge.isDry(query.left)` holds and `quarries.gauge.isDry(query.right)` does not hold, THEN the service SHALL answer 410.',
  ])
})

test('what an error says is told of Spring Boot where the program sends it [SPEC-EXTRACT-06]', async () => {
  const texts = async (more: Record<string, string>) =>
    (await sentences({ ...files, ...more }, 'error')).filter((one) => one.includes('and say')).length
  expect(await texts({})).toBe(0)
  expect(
    await texts({ 'src/main/resources/application.yml': 'server:\n  error:\n    include-message: always\n' }),
  ).toBe(5)
  expect(
    await texts({
      'src/main/java/quarry/Attributes.java':
        'package quarry;\nimport org.springframework.boot.web.servlet.error.DefaultErrorAttributes;\npublic class Attributes extends DefaultErrorAttributes {}\n',
    }),
  ).toBe(5)
  expect(
    await texts({
      'pom.xml':
        '<project><parent><artifactId>spring-boot-starter-parent</artifactId><version>2.1.4</version></parent></project>',
    }),
  ).toBe(5)
})

test('bodies behind a status, bytes, and what streams are mapped to have their shapes [SPEC-EXTRACT-03]', async () => {
  expect((await sentences(files, 'response')).filter((one) => one.includes('GET '))).toEqual([
    'WHEN a client sends GET /quarries/heaps, the service SHALL answer 203.',
    'WHEN a client sends GET /quarries/stones, the service SHALL answer 200 with names (a list of string, required), views (a list of StoneView, required).',
    'WHEN a client sends GET /quarries/{id}/dust, the service SHALL answer 203 with file.',
    'WHEN a client sends GET /quarries/{id}/shape, the service SHALL answer 201 with Shape.',
  ])
})
