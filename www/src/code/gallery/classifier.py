# Words to numbers, numbers to vectors, a GRU, a class: does the sentence praise?
import torch
from torch import nn
import torch.nn.functional as F

sentences = ["good film", "what a good plot", "bad film", "a bad bad plot"]
labels = torch.tensor([1, 1, 0, 0])

words = sorted({word for sentence in sentences for word in sentence.split()})
index = {word: number for number, word in enumerate(words, start=1)}  # 0 is for padding
longest = max(len(sentence.split()) for sentence in sentences)
rows = []
for sentence in sentences:
    row = [index[word] for word in sentence.split()]
    rows.append(row + [0] * (longest - len(row)))
tokens = torch.tensor(rows)
print(index)
print(tokens)


class Classifier(nn.Module):
    def __init__(self, vocabulary, embedding=8, hidden=12, classes=2):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding, padding_idx=0)
        self.gru = nn.GRU(embedding, hidden, batch_first=True)
        self.out = nn.Linear(hidden, classes)

    def forward(self, tokens):
        vectors = self.embedding(tokens)
        _, h_n = self.gru(vectors)
        return self.out(h_n[-1])


torch.manual_seed(6)
model = Classifier(len(index) + 1)
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
for epoch in range(30):
    loss = F.cross_entropy(model(tokens), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(model)
print("predicted", model(tokens).argmax(dim=1).tolist(), "labels", labels.tolist())
