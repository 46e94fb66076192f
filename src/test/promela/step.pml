/*
 * One step of one run: the lease on the run with its fencing token, the step's journal, and the orders that reach the other side.
 * What is abstracted and assumed, and which class does what: docs/model.md.
 *
 * Checked as it is, and built wrongly in one way at a time, with -D
 *   ANY_TOKEN_WRITES       the database does not compare the token of who writes
 *   ANY_TOKEN_ACTS         the other side does not compare the token of who orders
 *   ACTS_BEFORE_INTENT     the intention is written when the order has been sent
 *   LOOK_DOES_NOT_FENCE    the other side learns of a new owner by its orders only, not by its looks
 *   TAKES_VALID_LEASE      a run is taken whose lease has not run out
 *   FORGETS_ORDERS         the other side carries an order out as often as it arrives
 *   LEASE_NEVER_ENDS       the lease of an owner that died does not run out
 * and each for a step that may be repeated (-D REPEATABLE) and one that may not.
 */

#define ATTEMPTS 3          /* RunnerSettings.mostAttempts */
#ifndef EXPIRIES
#define EXPIRIES 2          /* leases that run out although their owner lives: it stands still or is cut off */
#endif
#define DEATHS   1
#define COPIES   2          /* orders that arrive again */
#define REPEATS  1          /* words of a person that let the step be carried out again */

#define NOBODY 9
#define DEAD   8            /* whoever has died: a process that is started again is another holder */

mtype = { PENDING, INTENDED, ASKED, DONE, ENDED };

/* the row of the run and its journal: what a transaction changes, it changes at once */
mtype phase = PENDING;
byte newest = 0, holder = NOBODY, attempts = 0, written = 0, repeats = 0;
bool valid = false;

/* the other side, and what is under way to it: of each attempt the token of its order */
byte seen = 0, acted = 0, effects = 0;
byte flying[ATTEMPTS + 1];
bool taken[ATTEMPTS + 1];

byte expiries = 0, deaths = 0, copies = 0;

#define over (phase == DONE || phase == ENDED)

#ifdef ANY_TOKEN_WRITES
#define mayWrite true
#else
#define mayWrite (token == newest)
#endif

/* S10: no token writes after a greater one has */
inline write(to) { assert(token >= written); written = token; phase = to }

inline meet(token) { if :: token > seen -> seen = token :: else -> skip fi }

/* RunStore.acquire */
#ifdef TAKES_VALID_LEASE
#define mayTake true
#else
#define mayTake (!valid || holder == me)
#endif
inline take() {
  assert(!valid || holder == me);               /* S10: nobody takes a run whose lease is valid */
  if :: holder != me -> newest++ :: else -> skip fi;
  holder = me; valid = true; token = newest
}

/* at any border the process may die, and is started again as another */
#define mayDie (deaths < DEATHS)
inline die() { deaths++; if :: holder == me -> holder = DEAD :: else -> skip fi; token = 0; attempt = 0 }

proctype Replica(byte me) {
  byte token = 0, attempt = 0;
  bool there;
idle:
  attempt = 0;
  if
  :: atomic { !over && phase != ASKED && mayTake -> take() }
  :: atomic { over -> goto end }
  fi;
work:                                           /* StepWork.tick: the run is read, and one thing is done */
  if
  :: atomic { phase == PENDING && attempts < ATTEMPTS && mayWrite ->
#ifdef ACTS_BEFORE_INTENT
       attempt = attempts + 1
#else
       write(INTENDED); attempts++; attempt = attempts
#endif
     }; goto look
  :: atomic { phase == PENDING && attempts == ATTEMPTS && mayWrite -> write(ENDED) }; goto idle
  :: atomic { phase == INTENDED && mayWrite -> skip }; goto recover
  :: atomic { phase == ASKED && holder == me && token == newest -> valid = false }; goto idle    /* RunStore.release */
  :: atomic { (phase == ASKED || over) && !(holder == me && token == newest) -> goto idle }
  :: over -> goto end
  :: atomic { token != newest -> goto idle }
  :: atomic { mayDie -> die() }; goto idle
  fi;
look:                                           /* StepExecutor.check before an attempt */
  if
  :: atomic { there = (effects > 0);
#ifndef LOOK_DOES_NOT_FENCE
       meet(token)
#endif
     }
  :: atomic { mayDie -> die() }; goto idle
  fi;
  if
  :: atomic { there && mayWrite -> write(DONE) }; goto idle
  :: atomic { !there && token == newest && holder == me -> valid = true }     /* OwnedStore.requireOwned */
  :: atomic { token != newest || holder != me -> goto idle }
  :: atomic { mayDie -> die() }; goto idle
  fi;
  if                                            /* it leaves, however long after */
  :: atomic { flying[attempt] = token }
  :: atomic { mayDie -> die() }; goto idle
  fi;
  if
  :: atomic { taken[attempt] && mayWrite ->
#ifdef ACTS_BEFORE_INTENT
       attempts = attempt;
#endif
       write(DONE) }; goto idle
  :: atomic { taken[attempt] && !mayWrite -> goto idle }
  :: atomic { flying[attempt] != token -> goto work }   /* lost, or its time limit is over, after which it is taken by nobody */
  :: atomic { mayDie -> die() }; goto idle
  fi;
recover:                                        /* StepRecovery: it is looked, then what was seen is written */
  if
  :: atomic { there = (effects > 0);
#ifndef LOOK_DOES_NOT_FENCE
       meet(token)
#endif
     }
  :: atomic { mayDie -> die() }; goto idle
  fi;
  if
  :: atomic { phase == INTENDED && mayWrite && there -> write(DONE) }; goto idle
#ifdef REPEATABLE
  :: atomic { phase == INTENDED && mayWrite && !there -> write(PENDING) }; goto work
#else
  :: atomic { phase == INTENDED && mayWrite && !there -> write(ASKED) }; goto work
#endif
  :: atomic { phase != INTENDED || !mayWrite -> goto idle }
  :: atomic { mayDie -> die() }; goto idle
  fi;
end:
  skip
}

/* An order arrives, late, twice or never; the other side does what it says unless its owner was replaced. */
inline arrive(a) {
  if
#ifndef ANY_TOKEN_ACTS
  :: flying[a] < seen -> skip
#endif
#ifndef FORGETS_ORDERS
  :: taken[a] -> skip
#endif
  :: else ->
       meet(flying[a]);
       assert(attempts >= a);                   /* S9: the intention is on disk before it takes effect */
       assert(flying[a] >= acted);              /* S10: nothing of a replaced owner after its successor has acted */
       acted = flying[a]; taken[a] = true; effects++;
       assert(effects <= 1 + repeats)           /* S9: once, unless a person has said REPEAT */
  fi
}

inline deliver(a) {
  if
  :: arrive(a); if :: flying[a] = 0 :: copies < COPIES -> copies++ fi         /* it may arrive again */
  :: flying[a] = 0
  fi
}

active proctype Network() {
  do
  :: atomic { flying[1] != 0 -> deliver(1) }
  :: atomic { flying[2] != 0 -> deliver(2) }
  :: atomic { flying[3] != 0 -> deliver(3) }
  :: atomic { over && flying[1] == 0 && flying[2] == 0 && flying[3] == 0 -> break }
  od
}

/* The database's clock. */
active proctype Time() {
  do
  :: atomic { valid && expiries < EXPIRIES -> expiries++; valid = false }
#ifndef LEASE_NEVER_ENDS
  :: atomic { valid && holder == DEAD -> valid = false }
#endif
  :: over -> break
  od
}

/* Who is asked looks, and says what was seen; or takes the rest over. */
active proctype Person() {
  do
  :: atomic { phase == ASKED && effects > 0 -> phase = DONE }
  :: atomic { phase == ASKED && effects == 0 && repeats < REPEATS -> repeats++; phase = PENDING }
  :: atomic { phase == ASKED -> phase = ENDED }
  :: over -> break
  od
}

init { atomic { run Replica(0); run Replica(1) } }

/* L2: it comes to its end */
ltl ends { <> over }
