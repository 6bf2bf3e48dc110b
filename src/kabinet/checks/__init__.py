"""What the program saw in a photo or a document: asked for at the upload, looked at by a worker."""
