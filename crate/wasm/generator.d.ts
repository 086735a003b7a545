// What wasm-bindgen does not write of `Generator`: overloads and type parameters.

export interface Generator {
    /** `torch.rand(shape)`, by default in float32. */
    rand(shape: readonly number[], options?: { dtype?: 'float32' }): TensorData;
    rand(shape: readonly number[], options: { dtype: 'float64' }): DoubleTensor;
    /** `torch.randn(shape)`, by default in float32. */
    randn(shape: readonly number[], options?: { dtype?: 'float32' }): TensorData;
    randn(shape: readonly number[], options: { dtype: 'float64' }): DoubleTensor;
    /** `tensor.uniform_(from, to)`: fills the tensor and gives it back; by default from 0 to 1. */
    uniform_<T extends FloatTensor>(tensor: T, from?: number, to?: number): T;
    /** `tensor.normal_(mean, std)`; by default 0 and 1. */
    normal_<T extends FloatTensor>(tensor: T, mean?: number, std?: number): T;
    /** `tensor.bernoulli_(p)`; by default 0.5. */
    bernoulli_<T extends FloatTensor>(tensor: T, p?: number): T;
    /** `tensor.exponential_(lambd)`; by default 1. */
    exponential_<T extends FloatTensor>(tensor: T, lambd?: number): T;
    /** `torch.normal(mean, std)` of two tensors of one shape and type. */
    normal<T extends FloatTensor>(mean: T, std: T): T;
    /** `torch.bernoulli(p)`: a new tensor of ones and zeros. */
    bernoulli<T extends FloatTensor>(p: T): T;
    /** `nn.functional.dropout(tensor, p)` in training mode: a new tensor; p is by default 0.5. */
    dropout<T extends FloatTensor>(tensor: T, p?: number): T;
}
