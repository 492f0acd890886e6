// One product on the array, cut down to a corner that can be drawn: which values are where at each step.

// Rows k from top to bottom, columns m from left to right. Values of the moving matrix enter row k from the left, one
// step later for each row; sums leave column m at the bottom.
export function arraySteps(sample) {
  const rows = sample.stationary.length, columns = sample.stationary[0].length, wide = sample.moving[0].length;
  const last = rows + columns + wide - 2;
  return {
    rows, columns, wide, loads: rows, count: rows + 1 + last + 1,
    // Before its load a row is empty.
    loaded: (step, k) => step >= rows - k,
    // The moving column that passes cell (k, m) at a step; -1 for none.
    passing(step, k, m) {
      const n = step - rows - 1 - k - m;
      return step > rows && n >= 0 && n < wide ? n : -1;
    },
    // The sum that leaves cell (k, m): the terms of rows 0 to k.
    partial(k, m, n) {
      let sum = 0;
      for (let i = 0; i <= k; i++) sum = Math.fround(sum + num(sample.stationary[i][m]) * num(sample.moving[i][n]));
      return sum;
    },
    // True once the sum for column m and moving column n has left the corner.
    done: (step, m, n) => step - rows - 1 - (rows - 1) - m > n,
    say(step) {
      if (step === 0) return "The array is empty. Each cell will keep one number of the stationary matrix.";
      if (step <= rows) return `Loading: row after row of the stationary matrix moves in until each cell (k, m) keeps its own number. ${step} of ${rows} rows drawn are there.`;
      if (step - rows - 1 < rows + columns - 1)
        return "Streaming: column after column of the moving matrix enters from the left, each row one step behind the one above. Each cell multiplies what passes by the number that it keeps and adds it to the sum from above.";
      return "Full flow: every cell works in every step. Each sum that falls out at the bottom has passed all rows and lands in PSUM.";
    },
  };
}

const num = value => typeof value === "string" ? Number(value.replace("Inf", "Infinity")) : value;
