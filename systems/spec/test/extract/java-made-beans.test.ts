import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const shelves = `
package org.shelves;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;
interface Shelf<T> { T take(String id); }
abstract class WoodenShelf<T> implements Shelf<T> {}
@Service class JarShelf extends WoodenShelf<Jar> {
  public Jar take(String id) {
    if (id.equals("cracked")) throw new ResponseStatusException(HttpStatus.CONFLICT, "jar");
    return new Jar();
  }
}
@Service class PotShelf implements Shelf<Pot> {
  public Pot take(String id) {
    if (id.equals("sold")) throw new ResponseStatusException(HttpStatus.GONE, "pot");
    return new Pot();
  }
}
class Ladder<T> {
  private final Shelf<T> shelf;
  Ladder(Shelf<T> shelf) { this.shelf = shelf; }
  T reach(String id) { return shelf.take(id); }
}
class Jar { public String label; }
class Pot { public String glaze; }
`

const answered = async (code: string) => {
  const { set } = await extractFiles({
    'pom.xml': '<project><artifactId>spring-boot-starter-web</artifactId></project>',
    'src/main/java/org/shelves/Shelves.java': shelves,
    'src/main/java/org/shelves/Jars.java': `
package org.shelves;
import jakarta.annotation.PostConstruct;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.*;
${code}
`,
  })
  return [
    ...factsOf(set.facts, 'error').map(({ status, grade }) => `${status} ${grade}`),
    ...factsOf(set.facts, 'response').map(({ shape }) => (shape.type === 'model' ? shape.name : shape.type)),
  ]
}

const routed = `
@RestController @RequestMapping("/jars")
class Jars {
  private Ladder<Jar> ladder;
  @GetMapping("/{id}") public Jar get(@PathVariable String id) { return ladder.reach(id); }
`
const below = (fields: string, self: string) => `
abstract class Rack<T, S extends Shelf<T>> {
  ${fields}
  @GetMapping("/{id}") public T get(@PathVariable String id) { return shelf.take(id); }
}
@RestController @RequestMapping("/jars")
class Jars extends Rack<Jar, JarShelf> { ${self} }
`

test.each([
  [
    'a method that is called once it is made',
    `${routed} @Autowired JarShelf jars; @PostConstruct void begin() { ladder = new Ladder<>(jars); } }`,
  ],
  ['its constructor', `${routed} Jars(JarShelf jars) { this.ladder = new Ladder<>(jars); } }`],
  [
    'the constructor of what it extends',
    below(
      'protected final Shelf<T> shelf; Rack(Shelf<T> shelf) { this.shelf = shelf; }',
      'Jars(JarShelf jars) { super(jars); }',
    ),
  ],
  ['the class that stands for a parameter', below('@Autowired protected S shelf;', '')],
  [
    'the one class that implements it for what stands for a parameter',
    below('@Autowired protected Shelf<T> shelf;', ''),
  ],
])(
  'what a field of a class holds that a container makes is known by %s [SPEC-EXTRACT-01]',
  async (_, code) => {
    expect(await answered(code)).toEqual(['409 proved', 'Jar'])
  },
)

test('what may be put in a field by something else is asked [SPEC-EXTRACT-01]', async () => {
  expect(
    (
      await answered(`${routed} public void setLadder(Ladder<Jar> ladder) { this.ladder = ladder; } }`)
    ).toSorted(),
  ).toEqual(['409 open', '410 open', 'Jar'])
})
