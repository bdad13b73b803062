import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const errorClass = (name: string) => `package depot;
public class ${name} extends RuntimeException { public ${name}(String said) { super(said); } }
`
const repository = `package depot;
public interface Parcels extends io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepository<Parcel> {}
`
const parcel = `package depot;
public class Parcel { public String code; public String label; public boolean sealed; }
`
const mappers = `package depot;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
public class Answers {
  @ServerExceptionMapper public RestResponse<String> answer(NoParcel e) { return RestResponse.status(Response.Status.GONE, e.getMessage()); }
  @ServerExceptionMapper public Response answer(Sealed e) { return Response.status(423).build(); }
  @ServerExceptionMapper({BadLabel.class, BadWeight.class}) public RestResponse<Void> answer(RuntimeException e) { return RestResponse.status(422); }
}
`
const resource = `package depot;
import jakarta.inject.Inject;
import jakarta.ws.rs.*;
import jakarta.ws.rs.core.Response;
import io.smallrye.mutiny.Uni;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
@Path("/parcels")
public class Desk {
  @Inject Store store;
  @ServerExceptionMapper public Response full(Full e) { return Response.status(507).build(); }
  @GET @Path("/{code}") public Uni<Parcel> show(@PathParam("code") String code) { return store.byCode(code); }
  @PUT @Path("/{code}") public Uni<Parcel> change(@PathParam("code") String code) { return store.open(code); }
  @POST public Uni<Response> add(Parcel parcel) {
    return store.check(parcel).chain(() -> store.keep(parcel)).map(it -> Response.status(201).entity(it).build());
  }
  @DELETE @Path("/{code}") public Uni<Void> drop(@PathParam("code") String code) { return store.drop(code); }
  @POST @Path("/{code}/seal") public Uni<Response> seal(@PathParam("code") String code) {
    return store.seal(code).replaceWith(Response.noContent().build())
        .onFailure(Sealed.class).recoverWithItem(e -> Response.status(409).build());
  }
  @POST @Path("/{code}/look") public Uni<Parcel> look(@PathParam("code") String code) { return store.look(code); }
  @POST @Path("/{code}/never") public Uni<Parcel> never(@PathParam("code") String code) {
    return Uni.createFrom().<Parcel>failure(new NoParcel("never")).onItem().invoke(it -> { throw new Sealed("of nothing"); });
  }
  @POST @Path("/full") public Uni<Parcel> fill() { return Uni.createFrom().failure(new Full("full")); }
}
`
const other = `package depot;
import jakarta.ws.rs.*;
import io.smallrye.mutiny.Uni;
@Path("/vans")
public class Vans {
  @GET public Uni<String> all() { return Uni.createFrom().failure(new Full("full")); }
}
`
const store = `package depot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import io.smallrye.mutiny.Uni;
@ApplicationScoped
public class Store {
  @Inject Parcels parcels;
  @Inject Carrier carrier;
  public Uni<Parcel> byCode(String code) {
    return parcels.findById(code).onItem().ifNull().failWith(() -> new NoParcel("no parcel"));
  }
  public Uni<Parcel> open(String code) {
    return byCode(code).invoke(it -> { if (it.sealed) throw new Sealed("sealed"); }).call(() -> parcels.flush());
  }
  public Uni<Void> check(Parcel parcel) {
    if (parcel.label == null) return Uni.createFrom().failure(() -> new BadLabel("label"));
    return Uni.createFrom().voidItem();
  }
  public Uni<Parcel> keep(Parcel parcel) { return parcels.persist(parcel); }
  public Uni<Void> drop(String code) {
    return carrier.stop(code).onFailure(Late.class).transform(e -> new Sealed("on its way"));
  }
  public Uni<Void> seal(String code) {
    return parcels.findById(code).onItem().transformToUni(it ->
        it.sealed ? Uni.createFrom().failure(new Sealed("sealed")) : Uni.createFrom().voidItem());
  }
  public Uni<Parcel> look(String code) {
    return carrier.look(code).onFailure(this::isOther).recoverWithUni(Uni.createFrom().failure(new NoParcel("lost")));
  }
  private boolean isOther(Throwable e) { return carrier.knows(e); }
}
`
const carrier = `package depot;
import io.smallrye.mutiny.Uni;
public interface Carrier { Uni<Void> stop(String code); Uni<Parcel> look(String code); boolean knows(Throwable e); }
`

async function errorsOf(files: Record<string, string>): Promise<string[]> {
  const { set } = await extractFiles(files)
  const operations = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .filter(({ grade }) => grade !== 'framework')
    .map((fact) => `${fact.grade}: ${sayFact(fact, operations.get(fact.operation) ?? '')}`)
    .toSorted()
}

test('what a thing that comes later fails with is followed through Mutiny to its mapper [SPEC-PACKS-01]', async () => {
  const folder = 'src/main/java/depot'
  const found = await errorsOf({
    'pom.xml':
      '<project><dependencies><dependency><groupId>io.quarkus</groupId></dependency></dependencies></project>',
    [`${folder}/Desk.java`]: resource,
    [`${folder}/Vans.java`]: other,
    [`${folder}/Store.java`]: store,
    [`${folder}/Carrier.java`]: carrier,
    [`${folder}/Parcels.java`]: repository,
    [`${folder}/Parcel.java`]: parcel,
    [`${folder}/Answers.java`]: mappers,
    ...Object.fromEntries(
      ['NoParcel', 'Sealed', 'BadLabel', 'BadWeight', 'Late', 'Full'].map((name) => [
        `${folder}/${name}.java`,
        errorClass(name),
      ]),
    ),
  })
  expect(found).toEqual([
    'open: POST /parcels/full may answer 507. (Open: when.)',
    'open: POST /parcels/{code}/look may answer 410 and say "lost". (Open: when.)',
    'open: POST /parcels/{code}/never may answer 410 and say "never". (Open: when.)',
    'proved: IF, for DELETE /parcels/{code}, `carrier.stop(path.code)` fails with `Late`, THEN the service SHALL answer 423.',
    'proved: IF, for GET /parcels/{code}, `store.parcels.findById(path.code)` is missing, THEN the service SHALL answer 410 and say "no parcel".',
    'proved: IF, for POST /parcels, the body’s field label is missing, THEN the service SHALL answer 422.',
    'proved: IF, for POST /parcels/{code}/seal, `store.parcels.findById(path.code).sealed` holds, THEN the service SHALL answer 409.',
    'proved: IF, for PUT /parcels/{code}, `store.parcels.findById(path.code).sealed` holds, THEN the service SHALL answer 423.',
    'proved: IF, for PUT /parcels/{code}, `store.parcels.findById(path.code)` is missing, THEN the service SHALL answer 410 and say "no parcel".',
  ])
})

test('what a publisher of Reactor and a future fail with, and what becomes of it, is followed [SPEC-PACKS-01]', async () => {
  const folder = 'src/main/java/depot'
  const found = await errorsOf({
    [`${folder}/Desk.java`]: `package depot;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
import reactor.core.publisher.Mono;
@RestController
public class Desk {
  private Carrier carrier;
  @GetMapping("/parcels/{code}") public Mono<Parcel> show(@PathVariable String code) {
    return carrier.find(code).switchIfEmpty(Mono.error(new NoParcel("none"))).onErrorMap(NoParcel.class, e -> new Sealed("hidden"));
  }
  @PutMapping("/parcels/{code}") public Mono<Parcel> change(@PathVariable String code) {
    return carrier.find(code).flatMap(it -> it.sealed ? Mono.<Parcel>error(new Sealed("sealed")) : Mono.just(it)).onErrorResume(NoParcel.class, e -> Mono.empty());
  }
  @PostMapping("/parcels") public CompletableFuture<Parcel> add(@RequestBody Parcel parcel) {
    if (parcel.label.isEmpty()) return CompletableFuture.failedFuture(new Sealed("no label"));
    return carrier.keep(parcel);
  }
}
`,
    [`${folder}/Carrier.java`]: `package depot;
public interface Carrier { reactor.core.publisher.Mono<Parcel> find(String code); java.util.concurrent.CompletableFuture<Parcel> keep(Parcel parcel); }
`,
    [`${folder}/Answers.java`]: `package depot;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
@RestControllerAdvice
public class Answers {
  @ExceptionHandler(NoParcel.class) @ResponseStatus(HttpStatus.GONE) public String none(NoParcel e) { return "none"; }
  @ExceptionHandler(Sealed.class) @ResponseStatus(HttpStatus.LOCKED) public String sealed(Sealed e) { return "sealed"; }
}
`,
    [`${folder}/Parcel.java`]: parcel,
    [`${folder}/NoParcel.java`]: errorClass('NoParcel'),
    [`${folder}/Sealed.java`]: errorClass('Sealed'),
  })
  expect(found).toEqual([
    'proved: IF, for GET /parcels/{code}, `carrier.find(path.code)` is missing, THEN the service SHALL answer 423 with string and say "sealed".',
    'proved: IF, for POST /parcels, the body’s field label is empty, THEN the service SHALL answer 423 with string and say "sealed".',
    'proved: IF, for PUT /parcels/{code}, `carrier.find(path.code).sealed` holds, THEN the service SHALL answer 423 with string and say "sealed".',
  ])
})

test('what a repository gave has an id, and stands in it [SPEC-PACKS-01]', async () => {
  const folder = 'src/main/java/depot'
  const found = await errorsOf({
    [`${folder}/Desk.java`]: `package depot;
import org.springframework.http.*;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
@RestController
public class Desk {
  private Parcels parcels;
  private Vans vans;
  @DeleteMapping("/parcels/{code}") public void drop(@PathVariable Long code) {
    Parcel parcel = parcels.findById(code).orElseThrow(() -> new ResponseStatusException(HttpStatus.GONE));
    if (parcel.getId() == null) throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
    if (!parcels.existsById(parcel.getId())) throw new ResponseStatusException(HttpStatus.CONFLICT);
    if (!vans.existsById(parcel.getId())) throw new ResponseStatusException(HttpStatus.LOCKED);
    if (parcel.getVan() == null) throw new ResponseStatusException(HttpStatus.NOT_ACCEPTABLE);
    parcels.delete(parcel);
  }
}
`,
    [`${folder}/Parcels.java`]: `package depot;
public interface Parcels extends org.springframework.data.repository.CrudRepository<Parcel, Long> {}
`,
    [`${folder}/Vans.java`]: `package depot;
public interface Vans extends org.springframework.data.repository.CrudRepository<Van, Long> {}
`,
    [`${folder}/Parcel.java`]: `package depot;
@lombok.Getter
public class Parcel implements java.io.Serializable { private Long id; private Van van; }
`,
  })
  expect(found).toEqual([
    'proved: IF, for DELETE /parcels/{code}, `parcels.findById(path.code).orElseThrow.getVan()` is missing and `vans.existsById(parcels.findById(path.code).orElseThrow.getId())` holds, THEN the service SHALL answer 406.',
    'proved: IF, for DELETE /parcels/{code}, `parcels.findById(path.code)` is missing, THEN the service SHALL answer 410.',
    'proved: IF, for DELETE /parcels/{code}, `vans.existsById(parcels.findById(path.code).orElseThrow.getId())` does not hold, THEN the service SHALL answer 423.',
  ])
})
