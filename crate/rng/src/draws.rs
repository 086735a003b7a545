use ndarray::{Array, IntoDimension};

use super::{DrawError, Generator, TorchGenerator};
use num::Real;

impl TorchGenerator {
    /// `torch.randn(shape)`: standard normal numbers, as float32 or float64.
    ///
    /// # Panics
    /// As [`Array::zeros`] does: if the shape has more elements than an array can hold.
    ///
    /// ```
    /// use gru_playground_rng::TorchGenerator;
    /// use ndarray::Array3;
    ///
    /// let mut generator = TorchGenerator::new(0); // torch.manual_seed(0)
    /// let input: Array3<f32> = generator.randn((5, 3, 10)); // torch.randn(5, 3, 10)
    /// assert_eq!(input[[0, 0, 0]], -1.125_839_8);
    /// ```
    pub fn randn<T: Real, S: IntoDimension>(&mut self, shape: S) -> Array<T, S::Dim>
    where
        Self: Generator<T>,
    {
        self.filled(shape, Self::fill_normal)
    }

    /// `torch.rand(shape)`: numbers that are uniform in [0, 1), as float32 or float64.
    ///
    /// # Panics
    /// As [`TorchGenerator::randn`].
    ///
    /// ```
    /// use gru_playground_rng::TorchGenerator;
    /// use ndarray::Array2;
    ///
    /// let mut generator = TorchGenerator::new(0); // torch.manual_seed(0)
    /// let numbers: Array2<f32> = generator.rand((2, 3)); // torch.rand(2, 3)
    /// assert_eq!(numbers[[0, 0]], 0.496_256_6);
    /// ```
    pub fn rand<T: Real, S: IntoDimension>(&mut self, shape: S) -> Array<T, S::Dim>
    where
        Self: Generator<T>,
    {
        self.filled(shape, |generator, elements| generator.fill_uniform_with(T::zero(), T::one(), elements))
    }

    fn filled<T: Real, S: IntoDimension>(
        &mut self,
        shape: S,
        fill: impl FnOnce(&mut Self, &mut [T]),
    ) -> Array<T, S::Dim> {
        let mut tensor = Array::zeros(shape.into_dimension());
        let elements = tensor.as_slice_mut().expect("a new array is contiguous");
        fill(self, elements);
        tensor
    }

    /// `tensor.uniform_(low, high)`: numbers in [low, high), in memory order; all of them low if the two are
    /// equal.
    ///
    /// # Errors
    /// [`DrawError::Bounds`] unless low <= high.
    ///
    /// ```
    /// use gru_playground_rng::{DrawError, TorchGenerator};
    ///
    /// let mut numbers = [0.0_f32; 4];
    /// TorchGenerator::new(0).fill_uniform(-1.0, 1.0, &mut numbers)?; // torch.empty(4).uniform_(-1, 1)
    /// assert!(numbers.iter().all(|number| (-1.0..1.0).contains(number)));
    /// # Ok::<(), DrawError>(())
    /// ```
    pub fn fill_uniform<T: Real>(&mut self, low: f64, high: f64, elements: &mut [T]) -> Result<(), DrawError>
    where
        Self: Generator<T>,
    {
        if low <= high {
            let (low, high) = (T::from_f64(low), T::from_f64(high));
            self.fill_uniform_with(low, high, elements);
            return Ok(());
        }
        Err(DrawError::Bounds { low, high })
    }

    /// `tensor.normal_(mean, std)`, in memory order; fewer than 16 elements take the path of pairs.
    ///
    /// # Errors
    /// [`DrawError::Std`] unless std >= 0.
    ///
    /// ```
    /// use gru_playground_rng::{DrawError, TorchGenerator};
    ///
    /// let mut numbers = [0.0_f32; 1000];
    /// TorchGenerator::new(0).fill_normal_by(5.0, 0.1, &mut numbers)?; // torch.empty(1000).normal_(5, 0.1)
    /// assert!(numbers.iter().all(|number| (4.0..6.0).contains(number)));
    /// # Ok::<(), DrawError>(())
    /// ```
    pub fn fill_normal_by<T: Real>(
        &mut self,
        mean: f64,
        std: f64,
        elements: &mut [T],
    ) -> Result<(), DrawError>
    where
        Self: Generator<T>,
    {
        if std >= 0.0 {
            self.fill_normal_with(mean, std, elements);
            return Ok(());
        }
        Err(DrawError::Std { std })
    }

    /// `torch.normal(mean, std)` of two tensors: `means` becomes `z * std + mean`, z standard normal.
    ///
    /// # Errors
    /// [`DrawError::Std`] for the least standard deviation unless it is >= 0.
    ///
    /// # Panics
    /// If the tensors differ in length.
    ///
    /// ```
    /// use gru_playground_rng::{DrawError, TorchGenerator};
    ///
    /// let mut means = [1.0_f32, 2.0];
    /// TorchGenerator::new(0).normal_of(&mut means, &[0.0, 0.0])?; // torch.normal(means, stds)
    /// assert_eq!(means, [1.0, 2.0], "without a deviation the mean is drawn");
    /// # Ok::<(), DrawError>(())
    /// ```
    pub fn normal_of<T: Real>(&mut self, means: &mut [T], stds: &[T]) -> Result<(), DrawError>
    where
        Self: Generator<T>,
    {
        assert_eq!(means.len(), stds.len());
        if let Some(std) = stds.iter().find(|&&std| std < T::zero() || std.is_nan()) {
            return Err(DrawError::Std { std: std.to_f64().unwrap_or(f64::NAN) });
        }
        let mut numbers = vec![T::zero(); means.len()];
        self.fill_normal(&mut numbers);
        // Two roundings: PyTorch multiplies the whole tensor before it adds.
        for ((mean, &std), &z) in means.iter_mut().zip(stds).zip(&numbers) {
            *mean = z * std + *mean;
        }
        Ok(())
    }

    /// `torch.randint(low, high, ...)`: integers in [low, high); a tensor of another dtype holds the same.
    ///
    /// One word each; two for a range of 2^28 or more, as in `PyTorch` 2.15.
    ///
    /// # Errors
    /// [`DrawError::EmptyRange`] unless low < high.
    ///
    /// ```
    /// use gru_playground_rng::{DrawError, TorchGenerator};
    ///
    /// let mut integers = [0; 5];
    /// TorchGenerator::new(0).fill_randint(0, 10, &mut integers)?; // torch.randint(10, (5,))
    /// assert_eq!(integers, [4, 9, 3, 0, 3]);
    /// # Ok::<(), DrawError>(())
    /// ```
    pub fn fill_randint(&mut self, low: i64, high: i64, elements: &mut [i64]) -> Result<(), DrawError> {
        const WIDE: u64 = 1 << 28;
        if low >= high {
            return Err(DrawError::EmptyRange { low, high });
        }
        let range = high.wrapping_sub(low) as u64;
        elements.fill_with(|| {
            let random = if range < WIDE { self.next_u32().into() } else { self.next_u64() };
            low.wrapping_add((random % range) as i64)
        });
        Ok(())
    }

    /// `torch.randperm(n)`, n being the length: every integer of 0..n once. n must be below 2^32 / 20, where
    /// `PyTorch` turns to another algorithm.
    ///
    /// ```
    /// use gru_playground_rng::TorchGenerator;
    ///
    /// let mut order = [0; 5];
    /// TorchGenerator::new(0).fill_randperm(&mut order); // torch.randperm(5)
    /// order.sort_unstable();
    /// assert_eq!(order, [0, 1, 2, 3, 4]);
    /// ```
    pub fn fill_randperm(&mut self, elements: &mut [i64]) {
        for (i, element) in elements.iter_mut().enumerate() {
            *element = i as i64;
        }
        let n = elements.len();
        for i in 0..n.saturating_sub(1) {
            elements.swap(i, i + self.next_u32() as usize % (n - i));
        }
    }

    /// `tensor.bernoulli_(p)`: 1 with probability p, else 0; a float64 uniform each.
    ///
    /// # Errors
    /// [`DrawError::Probability`] unless p is in [0, 1].
    ///
    /// ```
    /// use gru_playground_rng::{DrawError, TorchGenerator};
    ///
    /// let mut coins = [0.0_f32; 8];
    /// TorchGenerator::new(0).fill_bernoulli(0.5, &mut coins)?; // torch.empty(8).bernoulli_(0.5)
    /// assert!(coins.iter().all(|&coin| coin == 0.0 || coin == 1.0));
    /// # Ok::<(), DrawError>(())
    /// ```
    pub fn fill_bernoulli<T: Real>(&mut self, p: f64, elements: &mut [T]) -> Result<(), DrawError> {
        if (0.0..=1.0).contains(&p) {
            elements.fill_with(|| zero_or_one(self.unit_f64() < p));
            return Ok(());
        }
        Err(DrawError::Probability { p })
    }

    /// `torch.bernoulli(tensor)`: each element p becomes 1 with probability p, else 0; a uniform of the
    /// tensor's own type each.
    ///
    /// # Errors
    /// [`DrawError::Probabilities`] unless every element is in [0, 1]; then nothing is changed or drawn.
    ///
    /// ```
    /// use gru_playground_rng::{DrawError, TorchGenerator};
    ///
    /// let mut numbers = [0.0_f32, 1.0];
    /// TorchGenerator::new(0).bernoulli_of(&mut numbers)?; // torch.bernoulli(probabilities)
    /// assert_eq!(numbers, [0.0, 1.0]);
    /// # Ok::<(), DrawError>(())
    /// ```
    pub fn bernoulli_of<T: Real>(&mut self, probabilities: &mut [T]) -> Result<(), DrawError>
    where
        Self: Generator<T>,
    {
        if !probabilities.iter().all(|p| (T::zero()..=T::one()).contains(p)) {
            return Err(DrawError::Probabilities);
        }
        for p in probabilities {
            *p = zero_or_one(self.uniform(T::zero(), T::one()) < *p);
        }
        Ok(())
    }

    /// `tensor.exponential_(lambd)`: `-log1p(-u) / lambd`, u a float64 uniform.
    ///
    /// # Errors
    /// [`DrawError::Rate`] unless the rate is positive.
    ///
    /// ```
    /// use gru_playground_rng::{DrawError, TorchGenerator};
    ///
    /// let mut numbers = [0.0_f64; 8];
    /// TorchGenerator::new(0).fill_exponential(2.0, &mut numbers)?; // torch.empty(8).exponential_(2)
    /// assert!(numbers.iter().all(|&number| number >= 0.0));
    /// # Ok::<(), DrawError>(())
    /// ```
    pub fn fill_exponential<T: Real>(&mut self, rate: f64, elements: &mut [T]) -> Result<(), DrawError> {
        if rate > 0.0 {
            elements.fill_with(|| T::from_f64(-1.0 / rate * (-self.unit_f64()).ln_1p()));
            return Ok(());
        }
        Err(DrawError::Rate { rate })
    }

    /// What `nn.functional.dropout` multiplies a tensor by while training: 0 with probability p, else
    /// `1 / (1 - p)`.
    ///
    /// At p = 0 and p = 1 nothing is drawn.
    ///
    /// # Errors
    /// [`DrawError::Probability`] unless p is in [0, 1].
    ///
    /// ```
    /// use gru_playground_rng::{DrawError, TorchGenerator};
    ///
    /// let mut mask = [0.0_f32; 8];
    /// TorchGenerator::new(0).fill_dropout(0.5, &mut mask)?;
    /// assert!(mask.iter().all(|&factor| factor == 0.0 || factor == 2.0));
    /// # Ok::<(), DrawError>(())
    /// ```
    pub fn fill_dropout<T: Real>(&mut self, p: f64, elements: &mut [T]) -> Result<(), DrawError> {
        if !(0.0..=1.0).contains(&p) {
            return Err(DrawError::Probability { p });
        }
        let keep = 1.0 - p;
        if p <= 0.0 || keep <= 0.0 {
            elements.fill(T::from_f64(keep));
            return Ok(());
        }
        self.fill_bernoulli(keep, elements)?;
        for element in elements {
            *element /= T::from_f64(keep);
        }
        Ok(())
    }
}

fn zero_or_one<T: Real>(one: bool) -> T {
    if one { T::one() } else { T::zero() }
}
