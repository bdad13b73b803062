import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const pom = `<project><dependencies>
<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId><version>3.3.0</version></dependency>
</dependencies></project>`

const advice = `package kiln;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Problems {
  @ExceptionHandler(ERROR.class)
  public ResponseEntity<String> there(ERROR e) { return ResponseEntity.status(409).body("is there already"); }
}`

/** The errors that are told, by operation, each with its grade and what fails. */
async function told(files: Record<string, string>) {
  const { set } = await extractFiles({ 'pom.xml': pom, ...files })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .filter(({ status }) => status === 409)
    .map(({ operation, grade, condition }) =>
      [titles.get(operation), grade, condition[0]?.[0]?.subject].join(': '),
    )
    .toSorted()
}

const controller = (stores: string) => `package kiln;
import org.springframework.web.bind.annotation.*;
@RestController
public class Pots {
  private final ${stores} stored;
  public Pots(${stores} stored) { this.stored = stored; }
  @PostMapping("/pots") public void add(@RequestBody Pot pot) { stored.save(pot); }
  @GetMapping("/pots/{id}") public Object one(@PathVariable long id) { return stored.findById(id); }
}`

test('what is stored that is there once answers as the handler of its error does, and nothing else does [SPEC-EXTRACT-06]', async () => {
  const found = await told({
    'src/main/java/kiln/Problems.java': advice.replaceAll('ERROR', 'DataIntegrityViolationException'),
    'src/main/java/kiln/Pot.java': `package kiln;
import jakarta.persistence.*;
@Entity public class Pot { @Id public Long id; @Column(unique = true) public String name; }`,
    'src/main/java/kiln/Note.java': `package kiln;
import jakarta.persistence.*;
@Entity public class Note { @Id public Long id; public String text; }`,
    'src/main/java/kiln/PotStore.java': `package kiln;
import org.springframework.data.jpa.repository.JpaRepository;
public interface PotStore extends JpaRepository<Pot, Long> {}`,
    'src/main/java/kiln/NoteStore.java': `package kiln;
import org.springframework.data.jpa.repository.JpaRepository;
public interface NoteStore extends JpaRepository<Note, Long> {}`,
    'src/main/java/kiln/Pots.java': controller('PotStore'),
    'src/main/java/kiln/Notes.java': controller('NoteStore')
      .replaceAll('class Pots', 'class Notes')
      .replaceAll('public Pots(', 'public Notes(')
      .replaceAll('/pots', '/notes')
      .replaceAll('Pot pot', 'Note pot'),
  })
  expect(found).toEqual(['POST /pots: proved: stored.save(…) failed == DataIntegrityViolationException'])
})

test('whether a mapper or a statement meets a row that is there stays open [SPEC-EXTRACT-06]', async () => {
  const found = await told({
    'src/main/java/kiln/Problems.java': advice.replaceAll('ERROR', 'DuplicateKeyException'),
    'src/main/java/kiln/Pot.java': 'package kiln;\npublic class Pot { public Long id; public String name; }',
    'src/main/java/kiln/PotMapper.java': `package kiln;
import org.apache.ibatis.annotations.*;
@Mapper public interface PotMapper {
  @Insert("INSERT INTO pots (name) VALUES (#{name})") void save(Pot pot);
  @Select("SELECT * FROM pots WHERE id = #{id}") Pot findById(long id);
}`,
    'src/main/java/kiln/Pots.java': controller('PotMapper'),
    'src/main/java/kiln/Glazes.java': `package kiln;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.*;
@RestController
public class Glazes {
  private final JdbcTemplate jdbc;
  public Glazes(JdbcTemplate jdbc) { this.jdbc = jdbc; }
  @PostMapping("/glazes") public void add(@RequestBody Pot pot) { jdbc.update("INSERT INTO glazes (name) VALUES (?)", pot.name); }
  @PutMapping("/glazes") public void put(@RequestBody Pot pot) {
    jdbc.update("INSERT INTO glazes (name) VALUES (?) ON CONFLICT DO NOTHING", pot.name);
  }
  @DeleteMapping("/glazes") public void drop() { jdbc.update("DELETE FROM glazes"); }
}`,
  })
  expect(found).toEqual([
    'POST /glazes: open: jdbc.update(…) failed == DuplicateKeyException',
    'POST /pots: open: stored.save(…) failed == DuplicateKeyException',
  ])
})
